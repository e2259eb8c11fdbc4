use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Sleep, sleep},
};

use super::Slot;

/// A connection that breaks when its peer takes nothing of what is sent to it for a while. It keeps its slot for as long as
/// it is open, whatever it has become.
pub(super) struct WriteTimeout<S> {
    stream: S,
    patience: Duration,
    /// Runs while something waits to be taken.
    waiting: Option<Pin<Box<Sleep>>>,
    _slot: Slot,
}

impl<S> WriteTimeout<S> {
    pub(super) fn new(stream: S, patience: Duration, slot: Slot) -> Self {
        Self { stream, patience, waiting: None, _slot: slot }
    }

    /// What became of an attempt to send: it is over when it has waited too long.
    fn within_patience<T>(
        &mut self,
        context: &mut Context<'_>,
        sent: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if sent.is_ready() {
            self.waiting = None;
            return sent;
        }
        let patience = self.patience;
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(sleep(patience)));
        ready!(waiting.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for WriteTimeout<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for WriteTimeout<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let sent = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.within_patience(context, sent)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let sent = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.within_patience(context, sent)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex},
        time::advance,
    };

    use super::*;
    use crate::connections::{ConnectionLimits, ConnectionSlots};

    const KILOBYTES: usize = 16;

    /// A connection over which sixteen kilobytes are sent, with room for one of them on the way.
    fn sending() -> (DuplexStream, tokio::task::JoinHandle<io::Result<()>>) {
        let limits = ConnectionLimits::new(u64::MAX);
        let slot = ConnectionSlots::new(limits, Vec::new()).take([192, 0, 2, 1].into()).expect("a slot");
        let (near, far) = duplex(1_024);
        let mut guarded = WriteTimeout::new(near, limits.stall, slot);
        (far, tokio::spawn(async move { guarded.write_all(&[7; KILOBYTES * 1_024]).await }))
    }

    #[tokio::test(start_paused = true)]
    async fn who_takes_a_little_now_and_then_gets_everything() {
        let (mut reader, sent) = sending();
        for _ in 0..KILOBYTES {
            advance(Duration::from_secs(40)).await;
            reader.read_exact(&mut [0; 1_024]).await.expect("a kilobyte");
        }
        sent.await.expect("an end").expect("all is sent");
    }

    #[tokio::test(start_paused = true)]
    async fn who_takes_nothing_is_cut_off() {
        let (_reader, sent) = sending();
        let begun = tokio::time::Instant::now();
        let error = sent.await.expect("an end").expect_err("a broken connection");
        assert_eq!((error.kind(), begun.elapsed().as_secs()), (io::ErrorKind::TimedOut, 45));
    }
}
