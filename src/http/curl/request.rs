//! From settings to the request that curl would send.

use super::arguments::Arguments;
use super::encode::{base64, percent_decode, urlencode};
use super::options::Role;
use super::remark::{About, Remark, short};
use super::url::{self, Parts};
use super::{CurlError, Pasted};
use crate::http::{Field, Fields, Method, Target, Text};

/// What a curl that was built with all its libraries sends for `--compressed`.
const COMPRESSED: &str = "deflate, gzip, br, zstd";

/// Makes one request of the settings.
pub(super) fn build(mut arguments: Arguments) -> Result<Pasted, CurlError> {
    let method = method(&arguments)?;
    let parts = url::parts(&mut arguments)?;
    let target = target(&mut arguments, &parts)?;
    let content = if arguments.is_on(Role::Get) { None } else { arguments.data.take() };
    let mut assembly = Assembly {
        fields: arguments.fields.drain(..).collect(),
        removed: std::mem::take(&mut arguments.removed),
        remarks: std::mem::take(&mut arguments.remarks),
    };
    assembly.take_options(&arguments)?;
    assembly.take_authorization(&arguments, parts.user.as_deref())?;
    if arguments.is_on(Role::Compressed) {
        assembly.add("Accept-Encoding", COMPRESSED, "--compressed");
    }
    if arguments.is_on(Role::Json) {
        assembly.add("Content-Type", "application/json", "--json");
        assembly.add("Accept", "application/json", "--json");
    } else if content.is_some() {
        assembly.add("Content-Type", "application/x-www-form-urlencoded", "-d");
    }
    let cookies = assembly.take_cookies(&arguments.cookies)?;
    Ok(Pasted {
        method,
        scheme: parts.scheme,
        authority: parts.authority,
        target,
        fields: assembly.fields,
        cookies,
        content: content.unwrap_or_default(),
        remarks: assembly.remarks,
    })
}

/// `-X` wins; else the option that stands for a method, of which curl takes only one kind.
fn method(arguments: &Arguments) -> Result<Method, CurlError> {
    // With -G the data is part of the URL.
    let mut ways =
        arguments.ways.iter().copied().filter(|way| !(arguments.is_on(Role::Get) && *way == "-d"));
    let first = ways.next();
    if let Some(one) = first
        && let Some(other) = ways.find(|way| *way != one)
    {
        return Err(CurlError::TwoMethods { one, other });
    }
    match (&arguments.method, first) {
        (Some((option, method)), _) => {
            method.parse().map_err(|source| CurlError::Method { option: option.clone(), source })
        }
        (None, Some("-I")) => Ok(Method::Head),
        (None, Some("-T")) => Ok(Method::Put),
        (None, Some(_)) => Ok(Method::Post),
        (None, None) => Ok(Method::Get),
    }
}

/// The URL's path and query with what `-T`, `-G` and `--url-query` put behind them.
fn target(arguments: &mut Arguments, parts: &Parts) -> Result<Target, CurlError> {
    let mut path = parts.path.clone();
    if let Some(file) = &arguments.upload
        && path.ends_with('/')
    {
        let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
        let name = urlencode(name.as_bytes());
        path.push_str(&String::from_utf8_lossy(&name).replace('+', "%20"));
    }
    let extra = match (arguments.is_on(Role::Get), &arguments.data, &arguments.query) {
        (true, Some(data), query) => {
            if query.is_some() {
                arguments.remarks.push(Remark::Overruled { option: "--url-query", by: "-G" });
            }
            data.as_slice()
        }
        (_, _, query) => query.as_deref().unwrap_or_default(),
    };
    let extra = String::from_utf8_lossy(extra);
    let joint = if parts.query.is_empty() || extra.is_empty() { "" } else { "&" };
    Ok(Target::new(&path, &format!("{}{joint}{extra}", parts.query))?)
}

/// The fields as they come together. A field that is written or removed by `-H` wins over what an option makes.
struct Assembly {
    fields: Fields,
    removed: Vec<String>,
    remarks: Vec<Remark>,
}

impl Assembly {
    fn is_settled(&self, name: &str) -> bool {
        self.fields.has(name)
            || self.removed.iter().any(|removed| removed.eq_ignore_ascii_case(name))
    }

    /// A field that an option stands for.
    fn put(
        &mut self,
        name: &str,
        value: &str,
        written: &str,
        option: &'static str,
    ) -> Result<bool, CurlError> {
        if self.is_settled(name) {
            self.remarks.push(Remark::Overruled { option, by: "-H" });
            return Ok(false);
        }
        let field = Field::new(name, value)
            .map_err(|source| CurlError::Field { option: written.to_owned(), source })?;
        self.fields.push(field);
        Ok(true)
    }

    /// A field that curl adds for an option.
    fn add(&mut self, name: &'static str, value: &str, by: &'static str) {
        if !self.is_settled(name) {
            self.fields.add(name, Text::copy(value));
            self.remarks.push(Remark::Added { name, value: short(value), by });
        }
    }

    fn take_options(&mut self, arguments: &Arguments) -> Result<(), CurlError> {
        if let Some((written, agent)) = &arguments.user_agent {
            if agent.is_empty() {
                self.remarks.push(Remark::FieldRemoved { name: "User-Agent".to_owned() });
            } else {
                self.put("User-Agent", agent, written, "-A")?;
            }
        }
        if let Some((written, referer)) = &arguments.referer {
            let url = referer.strip_suffix(";auto");
            if url.is_some() {
                self.remarks.push(Remark::NotCarried {
                    option: written.clone(),
                    value: Some(";auto".to_owned()),
                    about: About::Redirects,
                });
            }
            if referer.is_empty() {
                self.remarks.push(Remark::FieldRemoved { name: "Referer".to_owned() });
            } else if url != Some("") {
                self.put("Referer", url.unwrap_or(referer), written, "-e")?;
            }
        }
        if let Some((written, range)) = &arguments.range {
            self.put("Range", &format!("bytes={range}"), written, "-r")?;
        }
        Ok(())
    }

    /// A token wins over `-u`, and `-u` over the URL's user.
    fn take_authorization(
        &mut self,
        arguments: &Arguments,
        url_user: Option<&str>,
    ) -> Result<(), CurlError> {
        let url_user = url_user.filter(|user| !user.is_empty());
        if let Some((written, token)) = &arguments.bearer {
            if arguments.user.is_some() {
                self.remarks.push(Remark::Overruled { option: "-u", by: "--oauth2-bearer" });
            }
            self.put("Authorization", &format!("Bearer {token}"), written, "--oauth2-bearer")?;
        } else if let Some((written, user)) = &arguments.user {
            if !user.contains(':') {
                self.remarks.push(Remark::PasswordMissing { user: short(user) });
            }
            self.basic(user.as_bytes(), written, "-u")?;
        }
        let winner = [("--oauth2-bearer", &arguments.bearer), ("-u", &arguments.user)]
            .into_iter()
            .find_map(|(option, value)| value.as_ref().map(|_| option));
        match (url_user, winner) {
            (Some(_), Some(by)) => {
                self.remarks.push(Remark::Overruled { option: "the user in the URL", by });
            }
            (Some(user), None) => {
                self.basic(&percent_decode(user), "the URL", "the user in the URL")?;
            }
            (None, _) => {}
        }
        Ok(())
    }

    /// RFC 7617: user and password, a colon between them, in base64.
    fn basic(&mut self, user: &[u8], written: &str, option: &'static str) -> Result<(), CurlError> {
        let mut user = user.to_vec();
        if !user.contains(&b':') {
            user.push(b':');
        }
        let value = format!("Basic {}", base64(&user));
        if self.put("Authorization", &value, written, option)? {
            let value = short(&value);
            self.remarks.push(Remark::Added { name: "Authorization", value, by: option });
        }
        Ok(())
    }

    /// Takes the Cookie fields out of the others; where there is one, curl leaves `-b` aside.
    fn take_cookies(&mut self, options: &[String]) -> Result<String, CurlError> {
        let is_settled = self.is_settled("Cookie");
        if is_settled && !options.is_empty() {
            self.remarks.push(Remark::Overruled { option: "-b", by: "-H" });
        }
        let cookies = if is_settled {
            self.fields.all("Cookie").collect::<Vec<_>>().join("; ")
        } else {
            let joined = options.join("; ");
            let field = Field::new("Cookie", &joined)
                .map_err(|source| CurlError::Field { option: "-b".to_owned(), source })?;
            field.value().to_owned()
        };
        self.fields.remove("Cookie");
        Ok(cookies)
    }
}
