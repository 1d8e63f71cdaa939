using Underpaint.Cli;

using var signals = new StopSignals();
return CommandLine.Run(args, Terminal.OfThisProcess(signals.Stop));
