use leptos::ev::KeyboardEvent;

/// The code of every key that belongs to an input method (UI Events, section 7.2). In Safari a composition has ended already
/// when the key comes that ended it, and only this code tells.
const INPUT_METHOD: u32 = 229;

/// The key that was pressed, for whoever acts on it; none while a text is being composed, whose Enter and Escape are for
/// the input method alone.
pub fn pressed_key(event: &KeyboardEvent) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks first")]
    (!is_composing(event.is_composing(), event.key_code())).then(|| event.key())
}

const fn is_composing(said: bool, key_code: u32) -> bool {
    said || key_code == INPUT_METHOD
}

#[cfg(test)]
mod tests {
    use super::is_composing;

    #[test]
    fn a_key_of_an_input_method_is_none_of_ours_in_whatever_order_browsers_say_it() {
        assert!(is_composing(true, 13), "Chromium and Firefox: before the composition ends");
        assert!(is_composing(false, 229), "Safari: after it");
        assert!(!is_composing(false, 13), "Enter");
        assert!(!is_composing(false, 27), "Escape");
    }
}
