//! The options of curl 8, as its manual page lists them.

use super::remark::About;

/// What an option does to the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Url,
    UrlQuery,
    Method,
    Head,
    Get,
    Field,
    Cookie,
    UserAgent,
    Referer,
    User,
    Bearer,
    Range,
    Compressed,
    Data,
    DataRaw,
    DataUrlencode,
    Json,
    Form,
    Upload,
    GlobOff,
    PathAsIs,
    Next,
    /// Nothing that is modelled here.
    Beside(About),
}

/// One option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Opt {
    pub(super) takes_value: bool,
    pub(super) role: Role,
}

/// The option with this letter.
pub(super) fn short(letter: u8) -> Option<Opt> {
    let mut before = None;
    for (name, role) in names() {
        match name.strip_prefix('-') {
            Some(short) if short.as_bytes() == [letter] => return before,
            Some(_) => {}
            None => before = Some(Opt::listed(name, role)),
        }
    }
    None
}

/// By its name or by the beginning of only one name, which curl takes too; `true` if negated by `no-`.
pub(super) fn long(name: &str) -> Option<(Opt, bool)> {
    if let Some(opt) = whole(name) {
        return Some((opt, false));
    }
    if let Some(opt) = name.strip_prefix("no-").and_then(whole)
        && !opt.takes_value
    {
        return Some((opt, true));
    }
    let mut begun = long_names().filter(|(long, _)| long.starts_with(name));
    match (begun.next(), begun.next()) {
        (Some((_, opt)), None) if !name.is_empty() => Some((opt, false)),
        _ => None,
    }
}

fn whole(name: &str) -> Option<Opt> {
    long_names().find(|(long, _)| *long == name).map(|(_, opt)| opt)
}

fn long_names() -> impl Iterator<Item = (&'static str, Opt)> {
    let long = names().filter(|(name, _)| !name.starts_with('-'));
    long.map(|(name, role)| (name.trim_end_matches('='), Opt::listed(name, role)))
}

/// All names as they are listed below.
fn names() -> impl Iterator<Item = (&'static str, Role)> {
    let beside = BESIDE.iter().map(|(about, names)| (Role::Beside(*about), *names));
    let all = UNDERSTOOD.iter().copied().chain(beside);
    all.flat_map(|(role, names)| names.split_ascii_whitespace().map(move |name| (name, role)))
}

impl Opt {
    fn listed(name: &str, role: Role) -> Self {
        Self { takes_value: name.ends_with('='), role }
    }
}

/// The long name, with `=` if a value follows, and behind it the short one.
const UNDERSTOOD: [(Role, &str); 22] = [
    (Role::Url, "url="),
    (Role::UrlQuery, "url-query="),
    (Role::Method, "request= -X"),
    (Role::Head, "head -I"),
    (Role::Get, "get -G"),
    (Role::Field, "header= -H"),
    (Role::Cookie, "cookie= -b"),
    (Role::UserAgent, "user-agent= -A"),
    (Role::Referer, "referer= -e"),
    (Role::User, "user= -u"),
    (Role::Bearer, "oauth2-bearer="),
    (Role::Range, "range= -r"),
    (Role::Compressed, "compressed"),
    (Role::Data, "data= -d data-ascii= data-binary="),
    (Role::DataRaw, "data-raw="),
    (Role::DataUrlencode, "data-urlencode="),
    (Role::Json, "json="),
    (Role::Form, "form= -F form-string="),
    (Role::Upload, "upload-file= -T"),
    (Role::GlobOff, "globoff -g"),
    (Role::PathAsIs, "path-as-is"),
    (Role::Next, "next -:"),
];

const BESIDE: [(About, &str); 9] = [
    (
        About::Output,
        "output= -o remote-name -O remote-name-all remote-header-name -J remote-time -R output-dir= create-dirs
         create-file-mode= no-clobber clobber skip-existing remove-on-error silent -s show-error -S verbose -v
         include -i show-headers dump-header= -D fail -f fail-early fail-with-body progress-bar -# progress-meter
         no-progress-meter no-buffer -N buffer write-out= -w stderr= trace= trace-ascii= trace-config= trace-time
         trace-ids styled-output libcurl= raw tr-encoding xattr cookie-jar= -c etag-save= hsts= alt-svc= out-null
         parallel -Z parallel-immediate parallel-max= parallel-max-host= form-escape ignore-content-length metalink",
    ),
    (
        About::Connection,
        "http0.9 http1.0 -0 http1.1 http2 http2-prior-knowledge http3 http3-only proxy= -x preproxy= proxytunnel -p
         proxy-user= -U proxy-header= proxy-anyauth proxy-basic proxy-digest proxy-ntlm proxy-negotiate proxy-http2
         proxy1.0= noproxy= socks4= socks4a= socks5= socks5-hostname= socks5-basic socks5-gssapi socks5-gssapi-nec
         socks5-gssapi-service= proxy-service-name= service-name= suppress-connect-headers haproxy-protocol
         haproxy-clientip= resolve= connect-to= interface= local-port= dns-interface=
         dns-ipv4-addr= dns-ipv6-addr= dns-servers= doh-url= doh-insecure doh-cert-status unix-socket=
         abstract-unix-socket= tcp-nodelay tcp-fastopen mptcp keepalive keepalive-time= keepalive-cnt= no-keepalive
         ip-tos= vlan-priority= happy-eyeballs-timeout-ms= alpn no-alpn npn no-npn ipfs-gateway=",
    ),
    (About::Family, "ipv4 -4 ipv6 -6"),
    (
        About::Tls,
        "insecure -k cacert= capath= ca-native cert= -E cert-type= cert-status key= key-type= pass= ciphers=
         tls13-ciphers= curves= sigalgs= sslv2 -2 sslv3 -3 tlsv1 -1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 tls-max=
         tls-earlydata ssl ssl-reqd ssl-allow-beast ssl-auto-client-cert ssl-no-revoke ssl-revoke-best-effort
         ssl-sessions= sessionid no-sessionid false-start pinnedpubkey= crlfile= engine= egd-file= random-file= ech=
         dump-ca-embed tlsauthtype= tlspassword= tlsuser= proxy-insecure proxy-cacert= proxy-capath= proxy-ca-native
         proxy-cert= proxy-cert-type= proxy-ciphers= proxy-crlfile= proxy-key= proxy-key-type= proxy-pass=
         proxy-pinnedpubkey= proxy-ssl-allow-beast proxy-ssl-auto-client-cert proxy-tls13-ciphers=
         proxy-tlsauthtype= proxy-tlspassword= proxy-tlsuser= proxy-tlsv1",
    ),
    (
        About::Limits,
        "max-time= -m connect-timeout= expect100-timeout= retry= retry-delay= retry-max-time= retry-connrefused
         retry-all-errors limit-rate= rate= speed-limit= -Y speed-time= -y max-filesize=",
    ),
    (
        About::Redirects,
        "location -L location-trusted max-redirs= post301 post302 post303 proto-redir= follow",
    ),
    (
        About::OtherProtocols,
        "append -a use-ascii -B crlf list-only -l quote= -Q ftp-account= ftp-alternative-to-user= ftp-create-dirs
         ftp-method= ftp-pasv ftp-port= -P ftp-pret ftp-skip-pasv-ip ftp-ssl-ccc ftp-ssl-ccc-mode= ftp-ssl-control
         disable-eprt eprt disable-epsv epsv krb= mail-auth= mail-from= mail-rcpt= mail-rcpt-allowfails
         telnet-option= -t tftp-blksize= tftp-no-options compressed-ssh hostpubmd5= hostpubsha256= pubkey=
         login-options= sasl-authzid= sasl-ir upload-flags=",
    ),
    (
        About::Setup,
        "config= -K disable -q help -h manual -M version -V proto= disallow-username-in-url junk-session-cookies -j
         netrc -n netrc-file= netrc-optional delegation=",
    ),
    (
        About::Request,
        "request-target= time-cond= -z continue-at= -C etag-compare= proto-default= variable= anyauth basic digest
         ntlm ntlm-wb negotiate aws-sigv4=",
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_name_is_listed_twice() {
        let long: BTreeSet<_> = long_names().map(|(name, _)| name).collect();
        let short: BTreeSet<_> = names().filter_map(|(name, _)| name.strip_prefix('-')).collect();
        assert_eq!(long.len() + short.len(), names().count());
        assert!(long.len() > 200 && short.len() > 40, "{} {}", long.len(), short.len());
        assert!(short.iter().all(|name| name.len() == 1), "{short:?}");
    }

    #[test]
    fn options_are_found_by_name_by_letter_and_by_an_unambiguous_beginning() {
        let role = |name| long(name).map(|(opt, negated)| (opt.role, negated));
        assert_eq!(role("header"), Some((Role::Field, false)));
        assert_eq!(role("heade"), Some((Role::Field, false)), "only --header begins so");
        assert_eq!(role("head"), Some((Role::Head, false)), "a whole name wins over --header");
        assert_eq!(role("he"), None, "--head, --header and --help begin so");
        assert_eq!(role("no-compressed"), Some((Role::Compressed, true)));
        assert_eq!(role("no-header"), None, "an option with a value cannot be negated");
        assert_eq!(role("no-buffer"), Some((Role::Beside(About::Output), false)));
        assert_eq!(role(""), None);
        let takes_value = |letter| short(letter).map(|opt| opt.takes_value);
        assert_eq!(
            (takes_value(b'H'), takes_value(b's'), takes_value(b'W')),
            (Some(true), Some(false), None)
        );
    }
}
