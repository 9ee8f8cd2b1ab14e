using System.Diagnostics;

namespace Realtime.Testing.Hosting;

/// <summary>What a process has written so far, to either stream.</summary>
public sealed class ProcessOutput
{
    private static int _kept;

    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];

    /// <summary>The lines, in the order in which they came.</summary>
    public IReadOnlyList<string> Lines
    {
        get { lock (_gate) return [.. _lines]; }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join('\n', Lines);

    /// <summary>Keeps it for whoever wonders why a test failed: a file in the folder that REALTIME_TEST_LOGS names, if it names one.</summary>
    internal void Keep()
    {
        if (Environment.GetEnvironmentVariable("REALTIME_TEST_LOGS") is not { Length: > 0 } folder || Lines.Count == 0)
            return;
        Directory.CreateDirectory(folder);
        File.WriteAllLines(Path.Combine(folder, $"{Environment.ProcessId}-{Interlocked.Increment(ref _kept):000}.log"), Lines);
    }

    /// <summary>Notes what a process writes from now on; both of its streams must be redirected.</summary>
    public void Follow(Process process)
    {
        process.OutputDataReceived += (_, e) => Add(e.Data);
        process.ErrorDataReceived += (_, e) => Add(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private void Add(string? line)
    {
        if (line is null)
            return;
        lock (_gate)
            _lines.Add(line);
    }
}
