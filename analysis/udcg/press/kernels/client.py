"""A kernel client that is ready as soon as its kernel is."""

import time
from queue import Empty

from jupyter_client.asynchronous.client import AsyncKernelClient

TRY = 0.05  # seconds to wait for a subscription before asking again


class QuickClient(AsyncKernelClient):
    """Waits for a kernel's answer and for its news of it, where the stock client sleeps for fixed times."""

    async def _async_wait_for_ready(self, timeout: float | None = None) -> None:
        """Return once the kernel has answered and its broadcasts arrive.

        Raises:
            RuntimeError: it died, or did not answer in time.
        """
        end = time.monotonic() + (timeout or 60)
        while time.monotonic() < end:
            if await self._heard(self.kernel_info()):
                return
            if not await self._async_is_alive():
                raise RuntimeError("the kernel died before it answered")
        raise RuntimeError("the kernel did not answer in time")

    wait_for_ready = _async_wait_for_ready

    async def _heard(self, question: str) -> bool:
        """Whether both the answer to a question and the broadcast that it was dealt with came."""
        try:
            while (answer := await self.shell_channel.get_msg(timeout=1))["parent_header"].get("msg_id") != question:
                pass
            self._handle_kernel_info_reply(answer)
            while True:
                news = await self.iopub_channel.get_msg(timeout=TRY)
                done = news["msg_type"] == "status" and news["content"]["execution_state"] == "idle"
                if done and news["parent_header"].get("msg_id") == question:
                    return True
        except Empty:
            return False
