using System.Globalization;
using System.Runtime.InteropServices;
using Realtime.Bench.Targets;

namespace Realtime.Bench.Reports;

/// <summary>What a run ran on.</summary>
/// <param name="Processor">Model and number of CPUs.</param>
/// <param name="MemoryGiB">Memory.</param>
/// <param name="System">Distribution and kernel.</param>
/// <param name="Runtime">.NET of the generator.</param>
/// <param name="Commit">What was checked out.</param>
/// <param name="At">When, in UTC.</param>
internal sealed record Machine(string Processor, int MemoryGiB, string System, string Runtime, string Commit, DateTimeOffset At)
{
    internal static async Task<Machine> DescribeAsync(string repository, CancellationToken stop)
    {
        var model = Field("/proc/cpuinfo", "model name", ':');
        var memory = long.Parse(Field("/proc/meminfo", "MemTotal", ':').Split(' ')[0], CultureInfo.InvariantCulture);
        var commit = await Tools.RunAsync("git", $"-C {repository} describe --always --dirty --abbrev=10", stop);
        return new Machine(
            $"{model}, {File.ReadLines("/proc/cpuinfo").Count(line => line.StartsWith("processor", StringComparison.Ordinal))} CPUs",
            (int)Math.Round(memory / 1048576.0),
            $"{Field("/etc/os-release", "PRETTY_NAME", '=').Trim('"')}, Linux {await Tools.RunAsync("uname", "-r", stop)}",
            RuntimeInformation.FrameworkDescription,
            commit,
            DateTimeOffset.UtcNow);
    }

    private static string Field(string file, string name, char separator) =>
        File.ReadLines(file).First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(separator, 2)[1].Trim();
}
