//! Punycode (RFC 3492): a label of a host in ASCII.

const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const FIRST_BIAS: u32 = 72;
const FIRST_CODE: u32 = 128;
/// Characters of a label at most: in ASCII, one has 63.
const LABEL: usize = 63;

/// The label in ASCII, without its `xn--`; nothing for one that is longer than a label can be.
pub(super) fn encode(label: &str) -> Option<String> {
    let characters: Vec<u32> = label.chars().map(u32::from).collect();
    if characters.len() > LABEL {
        return None;
    }
    let mut encoded: String = label.chars().filter(char::is_ascii).collect();
    let basic = u32::try_from(encoded.len()).ok()?;
    if basic > 0 {
        encoded.push('-');
    }
    let (mut code, mut delta, mut bias, mut handled) = (FIRST_CODE, 0_u32, FIRST_BIAS, basic);
    while let Some(next) = characters.iter().copied().filter(|character| *character >= code).min() {
        delta = delta.checked_add((next - code).checked_mul(handled + 1)?)?;
        code = next;
        for character in &characters {
            if *character < code {
                delta = delta.checked_add(1)?;
            } else if *character == code {
                write(&mut encoded, delta, bias);
                bias = adapt(delta, handled + 1, handled == basic);
                delta = 0;
                handled += 1;
            }
        }
        delta = delta.checked_add(1)?;
        code += 1;
    }
    Some(encoded)
}

/// Section 6.3: a number with a variable number of digits.
fn write(encoded: &mut String, mut number: u32, bias: u32) {
    let mut place = BASE;
    loop {
        let threshold = place.saturating_sub(bias).clamp(T_MIN, T_MAX);
        if number < threshold {
            break;
        }
        let rest = number - threshold;
        encoded.push(digit(threshold + rest % (BASE - threshold)));
        number = rest / (BASE - threshold);
        place += BASE;
    }
    encoded.push(digit(number));
}

fn digit(value: u32) -> char {
    // The letters stand for 0 to 25, the digits for 26 to 35; a standard number has them the other way around.
    char::from_digit((value + 10) % BASE, BASE).unwrap_or_default()
}

/// Section 6.1.
fn adapt(delta: u32, handled: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / DAMP } else { delta / 2 };
    delta += delta / handled;
    let mut places = 0;
    while delta > ((BASE - T_MIN) * T_MAX) / 2 {
        delta /= BASE - T_MIN;
        places += BASE;
    }
    places + (BASE - T_MIN + 1) * delta / (delta + SKEW)
}
