//! Makes the tests of scenarios.

/// Runs each scenario in both browsers, opened in each of the ways.
macro_rules! scenarios {
    ($($scenario:ident: $($mode:ident)+;)+) => { $(
        mod $scenario {
            use super::{Browser, Mode};
            scenarios!(@browser chromium Chromium $scenario $($mode)+);
            scenarios!(@browser firefox Firefox $scenario $($mode)+);
        }
    )+ };
    (@browser $module:ident $browser:ident $scenario:ident $($mode:ident)+) => {
        mod $module {
            use super::{Browser, Mode};
            $( scenarios!(@test $mode $browser $scenario); )+
        }
    };
    (@test File $browser:ident $scenario:ident) => {
        #[test]
        fn from_a_folder() { super::super::$scenario(Browser::$browser, Mode::File); }
    };
    (@test Http $browser:ident $scenario:ident) => {
        #[test]
        fn from_a_server() { super::super::$scenario(Browser::$browser, Mode::Http); }
    };
    (@test Embedded $browser:ident $scenario:ident) => {
        #[test]
        fn embedded() { super::super::$scenario(Browser::$browser, Mode::Embedded); }
    };
}
