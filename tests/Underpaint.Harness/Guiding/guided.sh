#!/usr/bin/env bash
# Fuzzes one reader with inputs that libFuzzer chooses by what they reach in the library.
#   tests/Underpaint.Harness/Guiding/guided.sh TARGET SECONDS [FOLDER]    findings and inputs are kept in FOLDER, artifacts/guided/TARGET by default
# Needs `dotnet tool install SharpFuzz.CommandLine` and libfuzzer-dotnet (one C++ file: clang -fsanitize=fuzzer) on the path.
set -euo pipefail
target=$1 seconds=$2
cd "$(dirname "$0")/../../.."
folder=$(realpath -m "${3:-artifacts/guided/$target}")
built=$(mktemp -d)
trap 'rm -rf "$built"' EXIT

# A build of its own: instrumented code is of no other use.
dotnet build tests/Underpaint.Harness -c Release -v quiet > /dev/null
cp -r tests/Underpaint.Harness/bin/Release/net10.0 "$built/harness"
sharpfuzz "$built/harness/Underpaint.Core.dll"
sharpfuzz "$built/harness/Underpaint.dll"
# libfuzzer-dotnet hands on one argument only.
printf '#!/bin/sh\nexec "%s/harness/Underpaint.Harness" fuzz --guided --target "$1"\n' "$built" > "$built/target"
chmod +x "$built/target"

mkdir -p "$folder"
"$built/harness/Underpaint.Harness" fuzz --guided --target "$target" --seeds "$folder/inputs"
libfuzzer-dotnet --target_path="$built/target" --target_arg="$target" -timeout=10 -report_slow_units=2 \
    -max_total_time="$seconds" -artifact_prefix="$folder/" "$folder/inputs"
