//! Waits for many loads at once.

use std::{
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll},
};

/// A load that is under way, or what it gave.
enum Slot<F, T> {
    Pending(Pin<Box<F>>),
    Done(T),
}

/// Runs `futures` concurrently and returns their values in order, or the first error.
///
/// Whenever one can go on, all that are not done are polled: for the few dozen loads of a
/// query this costs less than the bookkeeping that would avoid it, in time and in the
/// bytes that a browser loads.
///
/// # Errors
///
/// The error of the first future to fail; the others are dropped.
pub async fn try_join_all<F, T, E>(
    futures: impl IntoIterator<Item = F>,
) -> Result<Vec<T>, E>
where
    F: Future<Output = Result<T, E>>,
{
    let mut slots: Vec<Slot<F, T>> =
        futures.into_iter().map(|future| Slot::Pending(Box::pin(future))).collect();
    poll_fn(|context| poll_slots(&mut slots, context)).await?;
    Ok(slots
        .into_iter()
        .filter_map(|slot| match slot {
            Slot::Done(value) => Some(value),
            Slot::Pending(_) => None,
        })
        .collect())
}

fn poll_slots<F, T, E>(
    slots: &mut [Slot<F, T>],
    context: &mut Context<'_>,
) -> Poll<Result<(), E>>
where
    F: Future<Output = Result<T, E>>,
{
    let mut is_done = true;
    for slot in slots {
        let Slot::Pending(future) = slot else { continue };
        match future.as_mut().poll(context) {
            Poll::Ready(Ok(value)) => *slot = Slot::Done(value),
            Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
            Poll::Pending => is_done = false,
        }
    }
    if is_done { Poll::Ready(Ok(())) } else { Poll::Pending }
}

#[cfg(test)]
mod tests {
    use super::try_join_all;

    #[test]
    fn values_come_in_the_order_of_their_futures() {
        let futures = (0..5_u32).map(|n| async move {
            for _ in 0..5 - n {
                yield_once().await;
            }
            Ok::<_, ()>(n)
        });
        assert_eq!(pollster::block_on(try_join_all(futures)), Ok(vec![0, 1, 2, 3, 4]));
    }

    #[test]
    fn the_first_error_ends_it() {
        let futures =
            (0..3_u32).map(|n| async move { if n == 1 { Err(n) } else { Ok(n) } });
        assert_eq!(pollster::block_on(try_join_all(futures)), Err(1));
    }

    async fn yield_once() {
        let mut is_polled = false;
        std::future::poll_fn(|context| {
            if std::mem::replace(&mut is_polled, true) {
                return std::task::Poll::Ready(());
            }
            context.waker().wake_by_ref();
            std::task::Poll::Pending
        })
        .await;
    }
}
