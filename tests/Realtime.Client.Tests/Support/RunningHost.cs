namespace Realtime.Client.Tests.Support;

/// <summary>A Host as somebody gets it who just runs it, shared by the tests that leave it as they found it.</summary>
public sealed class RunningHost : IAsyncLifetime
{
    private HostProcess? _process;

    /// <summary>The process.</summary>
    public HostProcess Process => _process ?? throw new InvalidOperationException("The Host has not been started yet.");

    /// <inheritdoc/>
    public async Task InitializeAsync() => _process = await HostProcess.StartAsync();

    /// <inheritdoc/>
    public async Task DisposeAsync() => await Process.DisposeAsync();
}

/// <summary>The tests that share it.</summary>
[CollectionDefinition(nameof(RunningHost))]
public sealed class RunningHostTests : ICollectionFixture<RunningHost>;
