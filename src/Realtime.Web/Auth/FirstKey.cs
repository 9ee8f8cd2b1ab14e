using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Realtime.Web.Auth;

/// <summary>
/// Sees to it that nodes that start together on an empty database sign with one key. Each would make its own otherwise, and refuse
/// the tokens of the others until it looks for new keys again, a day later.
/// </summary>
internal sealed class FirstKey(IOptions<KeyManagementOptions> options, IKeyManager keys, TimeProvider time) : IHostedLifecycleService
{
    // Before anything is started, and so before a key is asked for.
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (options.Value.XmlRepository is not KeysInPostgres shared)
            return;
        await using var turn = await shared.TakeTurnAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (keys.GetAllKeys().All(key => key.IsRevoked || key.ExpirationDate <= now))
            keys.CreateNewKey(now, now + options.Value.NewKeyLifetime);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
