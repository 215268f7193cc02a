"""A run that can be stopped at any step and taken up again: the same weights come out as without the stop."""
import argparse
import random
import signal
import time
from pathlib import Path

import torch
from torch import nn


def add_arguments(parser: argparse.ArgumentParser, steps: int, rate: float) -> None:
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True, help="the fp32 ONNX file, see fetch_base.py")
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="weights, a .pt file; OUT.checkpoint lies beside it")
    parser.add_argument("--steps", type=int, default=steps)
    parser.add_argument("--minutes", type=float, default=0, help="stop after this time; the same command goes on")
    parser.add_argument("--every", type=int, default=100, help="steps between checkpoints, about")
    parser.add_argument("--rate", type=float, default=rate)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--bf16", action="store_true", help="multiply in bfloat16: twice as fast where the processor has it")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")


def halved(args: argparse.Namespace) -> torch.autocast:
    """Within it matrices are multiplied in bfloat16, when --bf16 asks for that; weights and losses stay float32."""
    return torch.autocast(torch.device(args.device).type, dtype=torch.bfloat16, enabled=args.bf16)


class Run:
    """Counts steps and keeps the checkpoint. `state` is what the caller wants kept beside weights and generators;
    `sizes` tells the data apart from other data."""

    def __init__(self, args: argparse.Namespace, model: nn.Module, optimizer: torch.optim.Optimizer, rng: random.Random, sizes: dict) -> None:
        self.args, self.model, self.optimizer, self.rng = args, model, optimizer, rng
        self.told = {"seed": args.seed, "rate": args.rate, "steps": args.steps, "sizes": sizes}
        self.file = args.out.with_suffix(".checkpoint")
        self.step, self.begun, self.kept, self.stopping = 0, time.time(), 0, False
        self.state: dict = {}
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        if self.file.exists():
            self.resume()

    def stop(self, *_: object) -> None:
        self.stopping = True

    def resume(self) -> None:
        kept = torch.load(self.file, map_location="cpu", weights_only=False)  # our own file, never one from elsewhere
        if kept["told"] != self.told:
            raise ValueError(f"{self.file} was made with {kept['told']}, not {self.told}: remove it to begin anew")
        self.model.load_state_dict(kept["model"])
        self.optimizer.load_state_dict(kept["optimizer"])
        self.rng.setstate(kept["rng"])
        torch.set_rng_state(kept["torch"])
        self.step = self.kept = kept["step"]
        self.state = kept["state"]
        print(f"going on from step {self.step}", flush=True)

    @property
    def done(self) -> float:
        return self.step / self.args.steps

    def set_rate(self, warm_up: int) -> None:
        """Linear warm-up and decay; a parameter group's `scale` multiplies it."""
        rate = self.args.rate * min(1, (self.step + 1) / warm_up) * max(0.02, 1 - self.done)
        for group in self.optimizer.param_groups:
            group["lr"] = rate * group.get("scale", 1.0)

    def advance(self, loss: torch.Tensor) -> None:
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.step += 1

    def over(self, state: dict, safe: bool = True) -> bool:
        """Whether to leave the loop; keeps a checkpoint when it is due and `safe` (nothing half used)."""
        late = self.args.minutes and time.time() - self.begun > 60 * self.args.minutes
        end = self.step >= self.args.steps
        if safe and (end or late or self.stopping or self.step - self.kept >= self.args.every):
            self.keep(state)
            return bool(end or late or self.stopping)
        return end

    def keep(self, state: dict) -> None:
        kept = {"told": self.told, "model": self.model.state_dict(), "optimizer": self.optimizer.state_dict(), "rng": self.rng.getstate()}
        kept |= {"torch": torch.get_rng_state(), "step": self.step, "state": state}
        fresh = self.file.with_suffix(".new")
        torch.save(kept, fresh)
        fresh.replace(self.file)
        self.kept = self.step
