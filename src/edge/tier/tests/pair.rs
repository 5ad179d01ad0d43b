//! A POP and its regional edge cache, the answer of one handed to the other.

use super::*;
use crate::distribution::Selection;
use crate::edge::decision::Kept;

/// A POP and its REC, and what the viewer is answered once the origin has answered the REC.
struct Pair {
    pop: Desk,
    rec: Desk,
}

impl Pair {
    fn new(change: Change) -> Self {
        let (pop, mut rec) = (Desk::new(0, change), Desk::new(0, change));
        rec.layer = Layer::Rec;
        Self { pop, rec }
    }

    fn fetch(&mut self, status: u16, fields: &str) -> Answer {
        let Turn::Asked(below, _, asked, _) = self.pop.get("") else { panic!("a hit") };
        let above = self.rec.take(&asked).remove(0).fetch();
        let answer = self.rec.answered(above, status, fields);
        let (now, mut effects) = (self.pop.moment(), Vec::new());
        let incoming = Incoming::Tier(answer);
        self.pop.tier.head(now, below, incoming, &mut self.pop.said, &mut effects);
        self.pop.last(below);
        turns(effects).remove(0).answer()
    }

    fn wait(&mut self, secs: u64) {
        self.pop.wait(secs);
        self.rec.wait(secs);
    }

    /// How the POP came by what it stored last.
    fn kept(&self) -> Option<Kept> {
        match self.pop.said.0.last()? {
            Decision::Stored { kept, .. } => Some(*kept),
            _ => None,
        }
    }
}

#[test]
fn rev_06_ttl_19_a_whole_answer_above_replaces_all_fields_below() {
    let mut pair = Pair::new(|_| {});
    pair.fetch(200, STORED);
    pair.wait(60);
    let newer = "Cache-Control: max-age=60, private=\"X-A\"\nETag: \"e\"\nX-A: 2";
    let answer = pair.fetch(200, newer);
    assert_eq!(pair.kept(), Some(Kept::Same));
    let has = |answer: &Answer, name| answer.response.fields.has(name);
    assert!(has(&answer, "X-A"), "TTL-19: to the first viewer");
    assert!(!has(&answer, "Old"), "REV-06");
    let hit = pair.pop.hit();
    assert!(!has(&hit, "X-A") && !has(&hit, "Old"), "TTL-19, REV-06: a hit");
}

#[test]
fn rev_08_setc_02_03_what_comes_whole_from_above_replaces_what_was_held() {
    for (row, directive, on_hit) in
        [("SETC-02", "", Some("a=2")), ("SETC-03", ", no-cache=\"Set-Cookie\"", None)]
    {
        let mut pair = Pair::new(|behavior| behavior.cache_policy.cookies = Selection::All);
        pair.fetch(200, &format!("{STORED}\nSet-Cookie: a=1"));
        pair.wait(60);
        let newer = format!("Cache-Control: max-age=60{directive}\nETag: \"e\"\nSet-Cookie: a=2");
        let answer = pair.fetch(200, &newer);
        let cookie = |answer: &Answer| answer.response.fields.get("Set-Cookie").map(String::from);
        assert_eq!(pair.kept(), Some(Kept::Anew), "REV-08");
        assert_eq!(cookie(&answer).as_deref(), Some("a=2"), "{row}: to the first viewer");
        assert_eq!(cookie(&pair.pop.hit()).as_deref(), on_hit, "{row}: a hit");
        assert!(!answer.response.fields.has("Old"), "REV-06");
    }
}
