using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Realtime.Actors.Names;
using Realtime.Testing;
using Realtime.Web.Auth;

namespace Realtime.Web.Tests.Auth;

/// <summary>Nodes that share a database take each other's resume tokens, whatever is on their disks.</summary>
public sealed class SharedKeysSpec(Postgres postgres) : IClassFixture<Postgres>
{
    private const int Nodes = 6;

    [SkippableFact]
    public async Task Nodes_that_start_together_on_an_empty_database_sign_with_one_key()
    {
        var nodes = Enumerable.Range(0, Nodes).Select(_ => Node(postgres.ConnectionString)).ToArray();
        await Task.WhenAll(nodes.Select(node => Task.Run(() => node.GetRequiredService<FirstKey>().StartingAsync(default))));

        Assert.All(nodes, node => Assert.Single(node.GetRequiredService<IKeyManager>().GetAllKeys()));
        var socket = SocketId.New(new NodeId(1));
        foreach (var token in nodes.Select(node => node.GetRequiredService<ResumeTokens>().Issue(socket)).ToArray())
            Assert.All(nodes, node => Assert.Equal(socket, node.GetRequiredService<ResumeTokens>().Read(token)));
        foreach (var node in nodes)
            await node.DisposeAsync();
    }

    private static ServiceProvider Node(string database)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.Configure<RealtimeOptions>(options => options.Persistence = new() { Provider = "postgres", ConnectionString = database });
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<ResumeTokens>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, SharedKeys>();
        services.AddSingleton<FirstKey>();
        services.AddDataProtection().SetApplicationName("Realtime");
        return services.BuildServiceProvider();
    }
}
