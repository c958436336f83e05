"""What a forked kernel prints goes through this stream."""

from ipykernel.iostream import OutStream


class Stream(OutStream):
    """Hands over to the thread that publishes only when something was printed; ipykernel flushes six times for each cell."""

    def flush(self) -> None:
        """Publish what is pending."""
        if self._flush_pending or self._subprocess_flush_pending:
            super().flush()
