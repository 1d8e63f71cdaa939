#!/usr/bin/env bash
# What the codes of experiments/ornaments.json's runs tell, what their directions change, and what can be drawn from them:
#   underpaint judge --data ornaments:100000,32,4 --images 400000 --out ornaments-judge.safetensors
#   underpaint experiment experiments/ornaments.json --data . --out my-results/ornaments
#   experiments/ornaments-codes.sh my-results/ornaments ornaments-judge.safetensors       # of all runs, or of those named after it
# Everything lands in my-results/ornaments/codes, as JSON; what is there is not made again. UNDERPAINT names the tool's program where it is not `underpaint`.
set -euo pipefail

results=$1 judge=$2 tool=${UNDERPAINT:-underpaint}
learnt=ornaments:5000,32,5 shown=ornaments:200,32,6 count=2000

once() { # FILE COMMAND...: the command's output in the file, whole or not at all
    local file=$1; shift
    [ -e "$file" ] && return
    "$@" > "$file.part"
    mv "$file.part" "$file"
}

sample() { # the nearest known images of each new one stand in the sheets
    "$tool" sample "$run" --codes "$work/codes.safetensors" --data "$learnt" --judge "$judge" --count $count --json "$@" | sed '/^  "nearest": \[/,/^  \],$/d'
}

mkdir -p "$results/codes"
[ $# -gt 2 ] || set -- "$@" $(ls "$results/runs")
for name in "${@:3}"; do
    run=$results/runs/$name out=$results/codes/$name
    work=$run/codes
    mkdir -p "$work"
    "$tool" encode "$run" --data "$learnt" --out "$work/codes.safetensors"
    once "$out-attributes.json" "$tool" attributes "$work/codes.safetensors" --labels "$learnt" --out "$work/directions.safetensors" --json
    for along in curve effect; do
        once "$out-$along.json" "$tool" judge-edits "$run" "$shown" --directions "$work/directions.safetensors" --judge "$judge" --along $along --inversion-steps 50 --json
    done
    [[ $name == *-0 ]] || continue # new images of one seed; a latent model takes 11 minutes on a core
    "$tool" train-codes "$work/codes.safetensors" --out "$work/latent.safetensors"
    once "$out-latent.json" sample --latent "$work/latent.safetensors" --out "$work/latent"
    once "$out-gaussian.json" sample --gaussian --out "$work/gaussian"
    once "$out-reconstructions.json" "$tool" evaluate "$run" --data "$learnt" --limit $count --judge "$judge" --json
done
