//! The two forms of a Walk.

use edgewalk::simulation::{FormError, Link, Nobody, Run, Walk, WalkFile, built_in_scenario};

use super::text;

/// A link that is read is written as one that is read as the same; what it means is taken or refused by name.
pub fn link(data: &[u8]) {
    match Link::read(&text(data)) {
        Err(error) => names_what_is_wrong(&error),
        Ok(link) => {
            let written = link.write();
            assert_eq!(Link::read(&written).as_ref(), Ok(&link), "{written}");
            assert!(
                written.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>`#".contains(&byte))
            );
            is_taken_or_refused(&link.walk());
        }
    }
}

/// The same of a Walk file.
pub fn walk_file(data: &[u8]) {
    match WalkFile::read(&text(data)) {
        Err(error) => names_what_is_wrong(&error),
        Ok(file) => {
            let written = file.write();
            assert_eq!(WalkFile::read(&written).as_ref(), Ok(&file), "{written}");
            is_taken_or_refused(&file.lesson.walk());
        }
    }
}

fn names_what_is_wrong(error: &FormError) {
    let message = error.to_string();
    assert!((20..1_200).contains(&message.len()), "{message}");
}

fn is_taken_or_refused(walk: &Walk) {
    if walk.actions.len() > 20 {
        return;
    }
    let mut run = Run::new(built_in_scenario()).unwrap();
    if let Err(error) = run.open(walk, None, 0, |_| Ok(1)) {
        names_what_is_wrong(&error);
        assert!(run.journal().is_empty() && !run.can_undo(), "everything is as it was");
        assert!(walk.replay(&mut Nobody).is_err());
    }
}
