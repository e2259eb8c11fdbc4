use protocol::two_factor::QrCode;
use qrcodegen::{QrCode as Encoder, QrCodeEcc};

use crate::Error;

/// Modules of light around the code, by which scanners find it.
const QUIET: i32 = 4;

/// The code of a text, as the path of an SVG: a stroke for each run of dark modules.
pub(super) fn encode(text: &str) -> Result<QrCode, Error> {
    let encoder = Encoder::encode_text(text, QrCodeEcc::Medium).map_err(Error::internal)?;
    let (side, mut path) = (encoder.size(), String::new());
    for y in 0..side {
        let mut x = 0;
        while x < side {
            let length = (x..side).take_while(|x| encoder.get_module(*x, y)).count();
            let length = i32::try_from(length).unwrap_or(side);
            if length > 0 {
                path.push_str(&format!("M{} {}h{length}v1h-{length}z", x + QUIET, y + QUIET));
            }
            x += length.max(1);
        }
    }
    Ok(QrCode { size: u32::try_from(side + 2 * QUIET).unwrap_or_default(), path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_light_around_it() {
        let code = encode("otpauth://totp/Kith:ana@localhost?secret=ABCDEFGH&issuer=Kith").expect("a code");
        assert!(code.size >= 21 + 8);
        let right = code.size - 4 - 7;
        for corner in
            ["M4 4h7v1h-7z".to_owned(), format!("M{right} 4h7v1h-7z"), format!("M4 {right}h7v1h-7z")]
        {
            assert!(code.path.contains(&corner), "{corner}: {}", code.path);
        }
    }

    #[test]
    fn a_text_that_is_too_long_is_an_error() {
        assert!(encode(&"x".repeat(5_000)).is_err());
    }
}
