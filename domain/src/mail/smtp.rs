use std::time::Duration;

use futures::future::BoxFuture;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};

use super::{Mail, Mailer};
use crate::Error;

/// Sends mail to a server, over a few connections that are kept.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Smtp {
    /// A server named by `url`: `smtps://user:password@host:465` for TLS, `smtp://host:587?tls=required` for STARTTLS,
    /// `smtp://host:25` for neither. `from` is the sender, like `Kith <kith@example.org>`.
    /// Its connections are looked after by the Tokio runtime in which this is called.
    ///
    /// # Errors
    /// When either cannot be read.
    pub fn new(url: &str, from: &str) -> Result<Self, Error> {
        let from = from.parse().map_err(|_| Error::internal(format!("not a sender: {from}")))?;
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(Error::internal)?
            .timeout(Some(Duration::from_secs(30)))
            .build();
        Ok(Self { transport, from })
    }
}

impl Mailer for Smtp {
    fn send<'a>(&'a self, mail: &'a Mail) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let message = message(&self.from, mail)?;
            self.transport.send(message).await.map(drop).map_err(failure)
        })
    }
}

/// Replies that refuse us and not this mail (RFC 4954, section 6): an operator has to mend them, and mails wait for that.
const AUTHENTICATION: [u16; 4] = [530, 534, 535, 538];

fn failure(error: lettre::transport::smtp::Error) -> Error {
    let is_ours = error.status().is_some_and(|code| AUTHENTICATION.contains(&u16::from(code)));
    if error.is_permanent() && !is_ours { Error::permanent(error) } else { Error::unavailable(error) }
}

pub(super) fn message(from: &Mailbox, mail: &Mail) -> Result<Message, Error> {
    // lettre panics on a name with a line end; ours have none, and this is where that is made sure of.
    let name: String = mail.name.chars().filter(|c| !c.is_control()).collect();
    let name = Some(name).filter(|name| !name.trim().is_empty());
    let to = Mailbox::new(name, mail.to.parse().map_err(Error::permanent)?);
    Message::builder()
        .from(from.clone())
        .to(to)
        .subject(&mail.subject)
        .message_id(None)
        // Nobody's absence note need answer (RFC 3834, section 5).
        .raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ))
        .multipart(MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone()))
        .map_err(Error::internal)
}
