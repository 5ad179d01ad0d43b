//! The trace in files, for those that it is measured against.
//!
//! - `trace.bin`: for each request 16 bytes: the microsecond (8 bytes), the object (4), the places of Accept and User-Agent,
//!   the session, and a zero;
//! - `ids.bin`: the objects alone, as libCacheSim's reader `oracleGeneral` takes them: second (4 bytes), object (8), size (4),
//!   and -2 for when it comes next, which is not known (8);
//! - `rooms.json`: how many objects the POP and the REC have room for;
//! - `parts.json`: what the places stand for, and for each object its path and the places of its language and plan.
//!
//! All numbers have their lowest byte first.

use std::fs;
use std::path::Path;

use super::requests::{
    ACCEPTS, AGENTS, Arrival, LANGUAGES, OBJECTS, PLANS, SESSIONS, language, path, plan, session,
};
use super::store::ROOMS;

/// Writes all four into a folder.
pub(crate) fn write(trace: &[Arrival], folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    let mut requests = Vec::with_capacity(trace.len() * 16);
    let mut ids = Vec::with_capacity(trace.len() * 24);
    for Arrival { at_micros, object, accept, agent, session } in trace {
        requests.extend(at_micros.to_le_bytes());
        requests.extend(object.to_le_bytes());
        requests.extend([*accept, *agent, *session, 0]);
        ids.extend(((at_micros / 1_000_000) as u32).to_le_bytes());
        ids.extend(u64::from(*object).to_le_bytes());
        ids.extend(1_u32.to_le_bytes());
        ids.extend((-2_i64).to_le_bytes());
    }
    let objects: Vec<(String, usize, usize)> =
        (0..OBJECTS).map(|object| (path(object), language(object), plan(object))).collect();
    let sessions: Vec<String> = (0..SESSIONS).map(session).collect();
    let parts = serde_json::json!({
        "accepts": ACCEPTS, "agents": AGENTS, "sessions": sessions, "languages": LANGUAGES, "plans": PLANS,
        "objects": objects,
    });
    fs::write(folder.join("trace.bin"), requests).unwrap();
    fs::write(folder.join("ids.bin"), ids).unwrap();
    fs::write(folder.join("parts.json"), parts.to_string()).unwrap();
    let [pop, rec] = ROOMS;
    let rooms = serde_json::json!({ "pop": pop, "rec": rec });
    fs::write(folder.join("rooms.json"), rooms.to_string()).unwrap();
}
