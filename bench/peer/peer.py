"""Times the official Diff-AE code (github.com/phizaz/diffae) on model C: training, encoding, decoding, memory.

    python3 peer.py PATH_TO_DIFFAE [--threads 2] [--repeats 5]

On Debian 12: apt-get install python3-torch python3-torchvision libopenblas0-pthread, and OPENBLAS_NUM_THREADS=1.
"""
import argparse
import copy
import resource
import statistics
import sys
import time

arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
arguments.add_argument("path")
arguments.add_argument("--threads", type=int, default=2)
arguments.add_argument("--repeats", type=int, default=5)
options = arguments.parse_args()
sys.path.insert(0, options.path)

import torch
from model.unet_autoenc import BeatGANsAutoencConfig

torch.set_num_threads(options.threads)
torch.manual_seed(0)
network = BeatGANsAutoencConfig(
    image_size=32, in_channels=3, out_channels=3, model_channels=32, channel_mult=(1, 2, 2, 2), num_res_blocks=2,
    embed_channels=128, attention_resolutions=(16,), dropout=0.1, num_heads=1, use_new_attention_order=False,
    resblock_updown=True, resnet_two_cond=True, resnet_use_zero_module=True,
    enc_out_channels=128, enc_channel_mult=(1, 2, 2, 2), enc_num_res_block=2, enc_pool="adaptivenonzero").make_model()
average = copy.deepcopy(network).requires_grad_(False)
optimizer = torch.optim.Adam(network.parameters(), lr=1e-4)
alphas = torch.cumprod(1 - torch.linspace(1e-4, 0.02, 1000, dtype=torch.float64), 0).float()
images = torch.randn(32, 3, 32, 32)


def median_seconds(work, repeats):
    work()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def train_step():
    network.train()
    t = torch.randint(0, 1000, (len(images),))
    noise = torch.randn_like(images)
    a = alphas[t].view(-1, 1, 1, 1)
    output = network(x=a.sqrt() * images + (1 - a).sqrt() * noise, t=t, x_start=images).pred
    loss = ((output - noise) ** 2).mean()
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    with torch.no_grad():
        for slow, fast in zip(average.state_dict().values(), network.state_dict().values()):
            slow.copy_(slow * 0.9999 + fast * 0.0001)


@torch.no_grad()
def encode():
    return average.encode(images[:16])["cond"]


@torch.no_grad()
def decode():
    picture = torch.randn_like(images[:16])
    for i in reversed(range(20)):
        noise = average(x=picture, t=torch.full((16,), i * 50), cond=codes).pred
        a, b = alphas[i * 50], alphas[(i - 1) * 50] if i else torch.tensor(1.0)
        picture = b.sqrt() * (picture - (1 - a).sqrt() * noise) / a.sqrt() + (1 - b).sqrt() * noise


average.eval()
codes = encode()
print(f"parameters              {sum(p.numel() for p in network.parameters())}")
print(f"trainImagesPerSecond    {32 / median_seconds(train_step, options.repeats):.1f}")
print(f"encodeImagesPerSecond   {16 / median_seconds(encode, 4 * options.repeats):.0f}")
print(f"decodeImagesPerSecond   {16 / median_seconds(decode, options.repeats):.2f}")
print(f"peakResidentMiB         {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")
