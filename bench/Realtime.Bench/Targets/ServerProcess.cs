using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Realtime.Bench.Linux;

namespace Realtime.Bench.Targets;

/// <summary>A server process of a target, on the CPUs that are set aside for servers.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly string _log;

    private ServerProcess(Process process, string log) => (_process, _log) = (process, log);

    internal int Pid => _process.Id;

    /// <summary>Starts a command; its output goes to a log, so that nobody here has to read it while measuring.</summary>
    internal static ServerProcess Start(
        Workplace place, string command, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var log = Path.Combine(place.Scratch, $"{Path.GetFileName(command)}-{Guid.NewGuid():n}.log");
        var start = new ProcessStartInfo("sh") { WorkingDirectory = place.Scratch };
        foreach (var argument in (string[])["-c", "exec taskset -c \"$0\" \"$@\" >\"$BENCH_LOG\" 2>&1 </dev/null", place.ServerCpus, command])
            start.ArgumentList.Add(argument);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["BENCH_LOG"] = log;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var server = new ServerProcess(Process.Start(start)!, log);
        place.Cleanup.Add(server._process);
        return server;
    }

    /// <summary>Waits until the port takes connections.</summary>
    /// <exception cref="LoadException">The process ended, or took too long; with what it wrote.</exception>
    internal async Task<ServerProcess> ListensAsync(IPEndPoint address, CancellationToken stop)
    {
        await UntilAsync(
            async () =>
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                try
                {
                    await socket.ConnectAsync(address, stop);
                    return true;
                }
                catch (SocketException)
                {
                    return false;
                }
            },
            stop);
        return this;
    }

    /// <summary>Waits until a GET succeeds.</summary>
    internal async Task AnswersAsync(string url, CancellationToken stop)
    {
        using var http = new HttpClient();
        await UntilAsync(
            async () =>
            {
                try
                {
                    using var answer = await http.GetAsync(new Uri(url), stop);
                    return answer.IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            stop);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _ = Libc.Kill(Pid, Terminate);
        using var patience = new CancellationTokenSource(StopWithin);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private async Task UntilAsync(Func<Task<bool>> ready, CancellationToken stop)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await ready())
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(start) > StartWithin)
                throw new LoadException($"The server did not start:\n{await File.ReadAllTextAsync(_log, stop)}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), stop);
        }
    }
}
