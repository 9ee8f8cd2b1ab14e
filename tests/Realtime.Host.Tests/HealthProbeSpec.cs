using System.Diagnostics;

namespace Realtime.Host.Tests;

/// <summary>The command that images ask with, for they have no <c>curl</c>.</summary>
[Collection(nameof(RunningHost))]
public sealed class HealthProbeSpec(RunningHost running)
{
    [Theory]
    [InlineData("/health/ready", 0)]
    [InlineData("/health/live", 0)]
    [InlineData("/health/none", 1)]
    public async Task Its_exit_code_is_the_answer(string path, int expected) =>
        Assert.Equal(expected, await RunAsync(new Uri(running.Process.Url, path).AbsoluteUri));

    [Fact]
    public async Task Where_nobody_answers_it_fails()
    {
        await using var host = await HostProcess.StartAsync();
        await host.KillAsync();
        Assert.Equal(1, await RunAsync(new Uri(host.Url, "/health/ready").AbsoluteUri));
    }

    [Theory]
    [InlineData()]
    [InlineData("ready")]
    [InlineData("file:///etc/hostname")]
    public async Task What_is_no_address_is_refused(params string[] arguments) => Assert.Equal(2, await RunAsync(arguments));

    private static async Task<int> RunAsync(params string[] arguments)
    {
        using var probe = Process.Start(new ProcessStartInfo("dotnet", [Repository.HostAssembly, "health", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await Task.WhenAll(probe.StandardOutput.ReadToEndAsync(), probe.StandardError.ReadToEndAsync());
        await probe.WaitForExitAsync().WaitAsync(Eventually.Patience);
        return probe.ExitCode;
    }
}
