//! Listens, serves until told to stop, and stops cleanly.

use std::io::Write;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use edgewalk::edge::fields::{
    EdgeLocation, Identity, Parties, RequestId, ViewerFacts, ViewerHandshake, said_by_x_cache,
};
use edgewalk::edge::{Config, Session};
use edgewalk::http::Response;
use edgewalk::network::City;
use edgewalk::time::Moment;
use hyper::http::request::Parts;
use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use rand::{Rng, SeedableRng};
use rand_pcg::Pcg32;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use super::clock::Clock;
use super::driver::{Driver, ToCode};
use super::options::{Options, OriginUrl};
use super::pool::Pool;
use super::setup::Setup;
use super::{code, origin, viewer};

/// How long the origin may take for the connection at the start.
const ORIGIN_AT_START: Duration = Duration::from_secs(3);

/// How long running answers may take after the front was told to stop.
const LAST_ANSWERS: Duration = Duration::from_secs(5);

/// What hyper reads of a head before it gives up, in bytes: far more than the engine accepts, so that the answer is the
/// engine's (LIM-02).
const LARGEST_HEAD: usize = 1 << 20;

/// The most fields that are read.
const MOST_FIELDS: usize = 2_048;

/// How long a viewer's connection may be idle, or a head take to arrive.
const VIEWER_PATIENCE: Duration = Duration::from_mins(1);

/// All that the tasks share.
#[derive(Debug)]
pub(crate) struct Front {
    pub(crate) clock: Clock,
    pub(crate) origin: OriginUrl,
    pub(crate) pool: Pool,
    config: Arc<Config>,
    driver: Mutex<Driver>,
    city: City,
    location: EdgeLocation,
    ids: Mutex<Pcg32>,
    log: bool,
}

impl Front {
    fn new(options: &Options, setup: &Setup) -> Self {
        let clock = Clock::start(options.time_scale);
        let Moment { unix, .. } = clock.now();
        let mut ids = Pcg32::seed_from_u64(unix ^ (u64::from(std::process::id()) << 32));
        let [one, two, three, four] = std::array::from_fn(|_| ids.next_u32());
        let via_name = format!("{one:08x}{two:08x}{three:08x}{four:08x}");
        Self {
            clock,
            origin: options.origin.clone(),
            pool: Pool::default(),
            config: Arc::clone(&setup.config),
            driver: Mutex::new(Driver::new(setup)),
            city: options.city,
            location: EdgeLocation::new(setup.pop.full_code(), &via_name, setup.rec.code()),
            ids: Mutex::new(ids),
            log: options.log,
        }
    }

    /// Calls the driver, and starts what it wants done with origins.
    pub(crate) fn drive<T>(self: &Arc<Self>, call: impl FnOnce(&mut Driver, Moment) -> T) -> T {
        let mut driver = self.driver.lock().unwrap_or_else(PoisonError::into_inner);
        let result = call(&mut driver, self.clock.now());
        let jobs = driver.take_jobs();
        drop(driver);
        for job in jobs.to_origin {
            tokio::spawn(origin::ask(Arc::clone(self), job));
        }
        for job in jobs.to_code {
            tokio::spawn(Arc::clone(self).code(job));
        }
        result
    }

    /// Codes a content for the POP.
    async fn code(self: Arc<Self>, job: ToCode) {
        let ToCode { at, plain, coding, coded } = job;
        let ending = code::code(plain, coding, &coded).await;
        self.drive(|driver, now| driver.coded(now, at, &coded, ending));
    }

    /// Who asks, and through which POP.
    pub(crate) fn identity(&self, viewer: SocketAddr) -> Identity {
        let viewer = ViewerFacts {
            ip: viewer.ip().to_string().into(),
            port: viewer.port(),
            country: Some(self.city.country_code().into()),
            city: Some(self.city.name().into()),
            as_number: Some(self.city.as_number()),
        };
        let mut ids = self.ids.lock().unwrap_or_else(PoisonError::into_inner);
        Identity {
            parties: Parties { location: self.location.clone(), viewer }.into(),
            request_id: RequestId::new(ids.next_u64()),
            // Neither is ever told: the front speaks no TLS with viewers.
            handshake: ViewerHandshake::Full,
            session: Session::default(),
        }
    }

    /// The front is a local tool and is asked as localhost: a name that the distribution does not have becomes its own, where a walk
    /// and CloudFront answer 403 (DS-04, LIM-08).
    pub(crate) fn host(&self, given: &str) -> String {
        let is_known = self.config.distribution().answers_to(given);
        if is_known { given } else { self.config.domain() }.to_owned()
    }

    /// One line a request, where that is wanted.
    pub(crate) fn log(&self, request: &Parts, response: &Response) {
        if self.log {
            let x_cache = said_by_x_cache(response).unwrap_or("-");
            say(&format!("{} {} {} {x_cache}", request.method, request.uri, response.status.0));
        }
    }
}

/// Prints a line; whoever closed the pipe does not want it.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Serves until SIGINT or SIGTERM. The error is a sentence that says why nothing was started.
pub(crate) async fn serve(options: &Options, setup: Setup) -> Result<(), String> {
    let mut told = std::pin::pin!(told_to_stop()?);
    let unreachable =
        |reason: &str| format!("the origin {} cannot be reached ({reason})", options.origin);
    match timeout(ORIGIN_AT_START, origin::connect(&options.origin)).await {
        Ok(Ok(_)) => {}
        Ok(Err(error)) => return Err(unreachable(&error.to_string())),
        Err(_) => return Err(unreachable("it does not answer")),
    }
    let unheard =
        |error: std::io::Error| format!("{} cannot be listened on ({error})", options.listen);
    let listener = TcpListener::bind(options.listen).await.map_err(unheard)?;
    let local = listener.local_addr().map_err(unheard)?;
    let front = Arc::new(Front::new(options, &setup));
    say(&format!("edge: {} in front of {} on http://{local}", front.location.code, options.origin));

    let (stop, stopped) = watch::channel(());
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((socket, from)) => {
                    tokio::spawn(converse(Arc::clone(&front), socket, from, stopped.clone()));
                }
                // Too many open files, mostly: some will close.
                Err(_) => sleep(Duration::from_millis(20)).await,
            },
            () = &mut told => break,
        }
    }
    drop((listener, stopped));
    let _ = stop.send(());
    // Every conversation holds a receiver until it is over.
    let _ = timeout(LAST_ANSWERS, stop.closed()).await;
    Ok(())
}

/// Resolves with SIGINT, that is Ctrl-C, or SIGTERM.
#[cfg(unix)]
fn told_to_stop() -> Result<impl Future<Output = ()>, String> {
    use tokio::signal::unix::{SignalKind, signal};
    let handler = |kind| signal(kind).map_err(|error| format!("signals cannot be had ({error})"));
    let mut interrupt = handler(SignalKind::interrupt())?;
    let mut terminate = handler(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Resolves with Ctrl-C; never, where that cannot be had.
#[cfg(not(unix))]
fn told_to_stop() -> Result<impl Future<Output = ()>, String> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

/// One viewer's connection, until it closes or the front stops.
async fn converse(
    front: Arc<Front>,
    socket: TcpStream,
    from: SocketAddr,
    mut stopped: watch::Receiver<()>,
) {
    // Without it answers only come later.
    let _ = socket.set_nodelay(true);
    let service = service_fn(move |request| viewer::answer(Arc::clone(&front), from, request));
    let conversation = Builder::new()
        .auto_date_header(false)
        .title_case_headers(true)
        .max_buf_size(LARGEST_HEAD)
        .max_headers(MOST_FIELDS)
        .timer(TokioTimer::new())
        .header_read_timeout(VIEWER_PATIENCE)
        .serve_connection(TokioIo::new(socket), service);
    let mut conversation = std::pin::pin!(conversation);
    let is_over = tokio::select! {
        // What a viewer does to its connection concerns nobody else.
        _ = &mut conversation => true,
        _ = stopped.changed() => false,
    };
    if !is_over {
        conversation.as_mut().graceful_shutdown();
        let _ = conversation.await;
    }
}
