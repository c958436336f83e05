"""A kernel provisioner that forks kernels; an ordinary kernel where that cannot be."""

import asyncio
import logging
from concurrent.futures import Future
from typing import Any, TypeVar

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from udcg.errors import TemplateError
from udcg.press.kernels import owner

NAME = "udcg-forked"  # the entry point under jupyter_client.kernel_provisioners
UP = 60.0  # seconds until a kernel must be up
LAUNCHER = "ipykernel_launcher"
T = TypeVar("T")
log = logging.getLogger(__name__)


class ForkedProvisioner(LocalProvisioner):
    """Launches an ipykernel by forking the template of this process."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel and return once its sockets are bound; start an ordinary one where that cannot be."""
        try:
            kernel = await _forked(cmd, kwargs)
        except TemplateError as error:
            log.warning("an ordinary kernel is started: %s", error)
            return await super().launch_kernel(cmd, **kwargs)
        self.process = kernel  # type: ignore[assignment]  # it has what is used of a Popen
        self.pid = self.pgid = kernel.pid
        return self.connection_info

    async def wait(self) -> int | None:
        """Wait for the exit, without polling."""
        process: object = self.process
        if not isinstance(process, owner.Kernel):
            return await super().wait()
        code = await _end(process.exited)
        self.process = None
        return code

    async def kill(self, restart: bool = False) -> None:
        """Kill the kernel, and return when it is gone."""
        process: object = self.process
        await super().kill(restart)
        if isinstance(process, owner.Kernel):
            await _end(process.exited)


async def _forked(cmd: list[str], kwargs: dict[str, Any]) -> owner.Kernel:
    template = owner.shared()
    if LAUNCHER not in cmd or not template.can_be(kwargs["env"]):
        raise TemplateError("it is of another kind, or in an environment that acts when an interpreter starts")
    await _soon(template.ready, owner.LOADED, "the template")
    kernel = template.fork(cmd[cmd.index(LAUNCHER) + 1 :], kwargs.get("cwd") or ".", kwargs["env"])
    try:
        await _soon(kernel.up, UP, "the kernel")
    except TemplateError:
        kernel.kill()
        raise
    return kernel


async def _soon(future: Future[T], limit: float, who: str) -> T:
    try:
        return await asyncio.wait_for(_end(future), limit)
    except TimeoutError as error:
        raise TemplateError(f"{who} was not up after {limit:.0f} seconds") from error


def _end(future: Future[T]) -> "asyncio.Future[T]":
    """Wait for what others wait for too: whoever gives up waiting does not cancel it for them."""
    return asyncio.shield(asyncio.wrap_future(future))
