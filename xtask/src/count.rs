//! How many tests passed and failed, read from what the test runners print.

use std::ops::AddAssign;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
}

impl Count {
    pub(crate) const PASSED: Self = Self { passed: 1, failed: 0 };
    pub(crate) const FAILED: Self = Self { passed: 0, failed: 1 };

    /// What a runner counted. It must have counted something, and its exit must agree: a crash or an error while
    /// compiling is a failure that no closing line mentions.
    pub(crate) fn of_runner(lines: &[String], success: bool, read: fn(&str) -> Count) -> Self {
        let mut count = Self::default();
        for line in lines {
            count += read(line);
        }
        let nothing_ran = count == Self::default();
        if nothing_ran || (!success && count.failed == 0) {
            count += Self::FAILED;
        }
        count
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// `test result: ok. 12 passed; 0 failed; 0 ignored; ...`, from cargo test and wasm-bindgen-test-runner.
pub(crate) fn cargo_test(line: &str) -> Count {
    let Some(result) = line.trim_start().strip_prefix("test result: ") else {
        return Count::default();
    };
    let number_before = |word: &str| {
        let words: Vec<&str> =
            result.split([' ', ';', '.']).filter(|word| !word.is_empty()).collect();
        words
            .windows(2)
            .find(|pair| pair[1] == word)
            .and_then(|pair| pair[0].parse().ok())
            .unwrap_or(0)
    };
    Count { passed: number_before("passed"), failed: number_before("failed") }
}

/// `ℹ pass 4`, `ℹ fail 0` and `ℹ cancelled 0`, from Node's runner; some versions write `#` for the sign.
pub(crate) fn node_test(line: &str) -> Count {
    let words: Vec<&str> = line.split_whitespace().collect();
    let ["ℹ" | "#", outcome, number] = words[..] else { return Count::default() };
    let number = number.parse().unwrap_or(0);
    match outcome {
        "pass" => Count { passed: number, failed: 0 },
        "fail" | "cancelled" => Count { passed: 0, failed: number },
        _ => Count::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn cargos_closing_lines_add_up() {
        let output = lines(
            "running 3 tests\ntest result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0s\n\
             test result: FAILED. 11 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0s",
        );
        assert_eq!(Count::of_runner(&output, false, cargo_test), Count { passed: 14, failed: 2 });
    }

    #[test]
    fn nodes_closing_lines_add_up() {
        let output = lines(
            "✔ the page loads (12ms)\nℹ tests 5\nℹ suites 0\nℹ pass 3\nℹ fail 1\nℹ cancelled 1\nℹ skipped 0",
        );
        assert_eq!(Count::of_runner(&output, false, node_test), Count { passed: 3, failed: 2 });
    }

    #[test]
    fn a_crash_or_silence_is_a_failure() {
        let passed = lines("test result: ok. 3 passed; 0 failed; 0 ignored");
        assert_eq!(Count::of_runner(&passed, false, cargo_test), Count { passed: 3, failed: 1 });
        assert_eq!(
            Count::of_runner(&lines("error: could not compile"), false, cargo_test),
            Count::FAILED
        );
        assert_eq!(Count::of_runner(&lines("nothing to do"), true, cargo_test), Count::FAILED);
    }
}
