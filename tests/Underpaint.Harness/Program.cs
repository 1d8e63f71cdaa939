using System.CommandLine;
using Underpaint.Harness.Verbs;

// What takes too long for ordinary tests; docs/reliability.md says what each of these has shown.
var root = new RootCommand("Tries to make Underpaint lose a run, and its readers fail.")
{
    KillVerb.Create(), FuzzVerb.Create(), SoakVerb.Create(), LimitsVerb.Create(),
};
return root.Parse(args).Invoke();
