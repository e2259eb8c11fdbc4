//! How server functions write and read.

use bytes::Bytes;
use serde::{
    Serialize,
    de::{DeserializeOwned, Error as _},
};
use server_fn::{ContentType, Decodes, Encodes, Format, FormatType, codec::Post};

/// Arguments and answers as JSON, in the body of a `POST`.
pub type Json = Post<JsonText>;

/// JSON that is read from a text, like all else that a page reads. To read it from bytes would take code of its own, a
/// second copy for each type in the client.
#[derive(Debug)]
pub struct JsonText;

impl ContentType for JsonText {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for JsonText {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for JsonText {
    type Error = serde_json::Error;

    fn encode(output: &T) -> Result<Bytes, Self::Error> {
        serde_json::to_vec(output).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for JsonText {
    type Error = serde_json::Error;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        serde_json::from_str(str::from_utf8(&bytes).map_err(serde_json::Error::custom)?)
    }
}
