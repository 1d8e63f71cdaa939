#!/usr/bin/env bash
# What a minimal program takes with ONNX Runtime and with libtorch: its published size, and the time to its first image.
#   bench/cold-start.sh MODEL    a model file or run folder; let nothing else run meanwhile
set -euo pipefail
model=$(realpath "$1")
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

dotnet run -c Release --project src/Underpaint.Cli -- export "$model" --onnx --out "$folder/exported"
for kind in Onnx Torch; do
    dotnet publish "bench/Minimal.$kind" -c Release -r linux-x64 --self-contained false -o "$folder/$kind" > /dev/null
    echo "$kind: $(du -sm --apparent-size "$folder/$kind" | cut -f1) MiB published"
done
for turn in 1 2 3 4 5; do
    echo "turn $turn, ONNX Runtime: $("$folder/Onnx/Underpaint.Minimal.Onnx" "$folder/exported" "$folder/onnx.png")"
    echo "turn $turn, libtorch:     $("$folder/Torch/Underpaint.Minimal.Torch" "$model" "$folder/torch.png")"
done
