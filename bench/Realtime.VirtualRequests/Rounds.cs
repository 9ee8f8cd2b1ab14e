using System.Diagnostics;

namespace Realtime.VirtualRequests;

/// <summary>What one request cost, in microseconds.</summary>
/// <param name="Wall">Of time.</param>
/// <param name="Processor">Of processor time, client and server together.</param>
internal sealed record Round(double Wall, double Processor);

internal static class Rounds
{
    public static async Task<Round> MeasureAsync(IPath path, int requests, int inFlight)
    {
        using var process = Process.GetCurrentProcess();
        var processor = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => AskAsync(path, requests / inFlight)));
        var wall = watch.Elapsed;
        process.Refresh();
        return new(wall.TotalMicroseconds / requests, (process.TotalProcessorTime - processor).TotalMicroseconds / requests);
    }

    public static double Median(IEnumerable<Round> rounds, Func<Round, double> value)
    {
        var sorted = rounds.Select(value).Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static async Task AskAsync(IPath path, int times)
    {
        for (var i = 0; i < times; i++)
        {
            if (await path.AskAsync("Heroes") != "Heroes")
                throw new InvalidOperationException($"{path.Name} gave a wrong answer.");
        }
    }
}
