using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Realtime.Testing.Hosting;

/// <summary>
/// The real Host as a process of its own, on a free port of the loopback interface and with a data folder of its own. It
/// can be stopped, killed, and started again on the same folder and port.
/// </summary>
public sealed partial class HostProcess : IAsyncDisposable
{
    private readonly HostSetup _setup;
    private readonly TempFolder _data = new();
    private Process? _process;

    private HostProcess(HostSetup setup) => _setup = setup;

    /// <summary>Where it listens, known from its first start on.</summary>
    public Uri Url { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>Where its hub is.</summary>
    public Uri Hub => new(Url, "/realtime");

    /// <summary>Speaks to it. Lives as long as this object, across restarts.</summary>
    public HttpClient Http { get; } = new();

    /// <summary>What it has written since its last start.</summary>
    public ProcessOutput Output { get; private set; } = new();

    /// <summary>From the last start of the process until it answered that it is ready.</summary>
    public TimeSpan StartTime { get; private set; }

    /// <summary>The folder of its embedded database.</summary>
    public string Data => _data.Path;

    /// <summary>Starts one, and returns when it is ready.</summary>
    public static Task<HostProcess> StartAsync(HostSetup? setup = null) => NewAsync(setup, host => host.StartAgainAsync());

    /// <summary>Starts one, and returns when it has written something, ready or not.</summary>
    public static Task<HostProcess> BeginAsync(string something, HostSetup? setup = null) => NewAsync(setup, host =>
    {
        host.Launch(host._setup);
        return host.WhileRunningAsync(() => Task.FromResult(host.Output.Lines.Any(line => line.Contains(something, StringComparison.Ordinal)) ? host.Url : null), something);
    });

    /// <summary>Starts it again after <see cref="StopAsync"/> or <see cref="KillAsync"/>, and returns when it is ready.</summary>
    /// <param name="settings">Settings of this start, if not those of the first.</param>
    public async Task StartAgainAsync(HostSetup? settings = null)
    {
        var watch = Stopwatch.StartNew();
        Launch(settings ?? _setup);
        Url = await WhileRunningAsync(() => Task.FromResult(ListeningOn()), "listening");
        Http.BaseAddress ??= Url;
        await WhileRunningAsync(async () => await IsReadyAsync() ? Url : null, "ready");
        StartTime = watch.Elapsed;
    }

    /// <summary>Sends it a signal, and waits for nothing.</summary>
    public void Send(Signal signal) => Running().Send(signal);

    /// <summary>Asks it to end, and waits until it has.</summary>
    /// <exception cref="InvalidOperationException">Its exit code was not 0, or it did not end.</exception>
    public async Task StopAsync(Signal signal = Signal.Terminate)
    {
        var process = Running();
        process.Send(signal);
        using var patience = new CancellationTokenSource(Eventually.Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
            throw new InvalidOperationException($"The Host did not end on {signal}. Its output:\n{Output}");
        }
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The Host ended with code {process.ExitCode} on {signal}. Its output:\n{Output}");
    }

    /// <summary>Waits until it has ended by itself, whatever its exit code.</summary>
    public async Task EndedAsync()
    {
        using var patience = new CancellationTokenSource(Eventually.Patience);
        await Running().WaitForExitAsync(patience.Token);
    }

    /// <summary>Takes its life as kill -9, a crash or a power cut would.</summary>
    public async Task KillAsync()
    {
        var process = Running();
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            await KillAsync();
        _process?.Dispose();
        Output.Keep();
        Http.Dispose();
        _data.Dispose();
    }

    private static async Task<HostProcess> NewAsync(HostSetup? setup, Func<HostProcess, Task> start)
    {
        var host = new HostProcess(setup ?? new());
        try
        {
            await start(host);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    private void Launch(HostSetup settings)
    {
        if (!File.Exists(settings.Assembly))
            throw new FileNotFoundException($"The Host has not been built: {settings.Assembly}");
        Output.Keep();
        var output = Output = new();
        _process = Process.Start(StartInfo(settings)) ?? throw new InvalidOperationException("The Host did not start.");
        output.Follow(_process);
    }

    private Process Running() => _process ?? throw new InvalidOperationException("The Host was never started.");

    private ProcessStartInfo StartInfo(HostSetup setup)
    {
        var info = new ProcessStartInfo("dotnet", [setup.Assembly, "--urls", Url.GetLeftPart(UriPartial.Authority)])
        {
            WorkingDirectory = Data,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The machine's own settings are not part of the test.
        foreach (var name in info.Environment.Keys.Where(name => Inherited().IsMatch(name)).ToArray())
            info.Environment.Remove(name);
        info.Environment["ASPNETCORE_ENVIRONMENT"] = setup.Environment;
        info.Environment["Realtime__Data"] = Data;
        foreach (var (name, value) in setup.Settings)
            info.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        return info;
    }

    private async Task<Uri> WhileRunningAsync(Func<Task<Uri?>> look, string state)
    {
        var process = Running();
        Uri found;
        try
        {
            // Eventually takes a fault for "not yet", so an early end is looked at when the waiting is over.
            found = await Eventually.GetAsync(async () => process.HasExited ? Url : await look(), what: state);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"The Host is not {state}. {e.Message} Its output:\n{Output}", e);
        }
        if (!process.HasExited)
            return found;
        await process.WaitForExitAsync();       // until all of its output is here, too
        throw new InvalidOperationException($"The Host ended with code {process.ExitCode} before it was {state}. Its output:\n{Output}");
    }

    private Uri? ListeningOn() => Output.Lines.Select(line => Address().Match(line)).FirstOrDefault(match => match.Success) is { } match
        ? new Uri(match.Value)
        : null;

    private async Task<bool> IsReadyAsync()
    {
        using var answer = await Http.GetAsync(new Uri(Url, "/health/ready"));
        return answer.IsSuccessStatusCode;
    }

    // The line "Now listening on: …" of ASP.NET Core, or any other that names the address.
    [GeneratedRegex(@"http://127\.0\.0\.1:[1-9]\d*")]
    private static partial Regex Address();

    [GeneratedRegex("^(Realtime__|ASPNETCORE_|DOTNET_ENVIRONMENT|URLS$|Logging__)", RegexOptions.IgnoreCase)]
    private static partial Regex Inherited();
}
