using System.CommandLine;
using Realtime.Bench;
using Realtime.Bench.Measuring;

var only = new Option<string[]>("--only")
{
    Description = "Targets to measure; all if left out.",
    AllowMultipleArgumentsPerToken = true,
    CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split(','))],
};
var quick = new Option<bool>("--quick") { Description = "A smoke run: 300 connections, one repetition, short windows." };
var connections = new Option<int?>("--connections") { Description = "Members of the room (2,000)." };
var repetitions = new Option<int?>("--repetitions") { Description = "How often each target is measured (3)." };
var seconds = new Option<double?>("--seconds") { Description = "Length of each measured window (6)." };
var payload = new Option<int?>("--payload") { Description = "Bytes of data in a broadcast (64)." };
var serverCpus = new Option<string?>("--server-cpus") { Description = "CPUs of the servers (0)." };
var output = new Option<string?>("--output") { Description = "Folder for table, JSON and plots." };

var root = new RootCommand("Measures fan-out, memory, connects and joins, ours beside others'. Started by bench/run.")
{
    only, quick, connections, repetitions, seconds, payload, serverCpus, output,
};
root.SetAction(async (parsed, stop) =>
{
    var repository = Environment.GetEnvironmentVariable("BENCH_REPOSITORY") ?? Environment.CurrentDirectory;
    var isQuick = parsed.GetValue(quick);
    var usual = isQuick
        ? new Settings { Connections = 300, Repetitions = 1, Seconds = 1, WarmUpSeconds = 2, JoinRounds = 2 }
        : new Settings();
    var settings = usual with
    {
        Connections = parsed.GetValue(connections) ?? usual.Connections,
        Repetitions = parsed.GetValue(repetitions) ?? usual.Repetitions,
        Seconds = parsed.GetValue(seconds) ?? usual.Seconds,
        PayloadBytes = parsed.GetValue(payload) ?? usual.PayloadBytes,
        ServerCpus = parsed.GetValue(serverCpus) ?? usual.ServerCpus,
        GeneratorCpus = Environment.GetEnvironmentVariable("BENCH_GENERATOR_CPUS") ?? usual.GeneratorCpus,
    };
    var folder = parsed.GetValue(output) ?? Path.Combine(repository, "bench", "results", isQuick ? "quick" : "");
    try
    {
        return await Run.AsyncOf(repository, settings, parsed.GetValue(only) ?? [], folder, stop);
    }
    catch (LoadException wrong)
    {
        await Console.Error.WriteLineAsync(wrong.Message);
        return 2;
    }
});
return await root.Parse(args).InvokeAsync();
