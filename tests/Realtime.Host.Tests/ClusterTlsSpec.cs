using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Realtime.Host.Tests.Clients;

namespace Realtime.Host.Tests;

/// <summary>Nodes that share a certificate, and one that has another.</summary>
public sealed class ClusterTlsSpec(Postgres postgres) : IClassFixture<Postgres>, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly int _port = FreePort();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task Nodes_that_share_a_certificate_are_one_cluster_and_one_with_another_certificate_or_none_is_not_let_in()
    {
        await using var first = await HostProcess.StartAsync(Node(_port, Certificate("ours", asPem: false)));
        await using var second = await HostProcess.StartAsync(Node(0, Certificate("ours", asPem: true)));
        await using var member = await StockClient.DotNetJson.ConnectAsync(first.Hub, "hello");
        await member.InvokeAsync("Join", "lobby");
        Assert.Equal(1, (int)(await second.BroadcastAsync("lobby", "hello", "across"))["members"]!);
        Assert.Equal("across", (string)(await member.Inbox.NextAsync()).Data!);

        foreach (var setup in (HostSetup[])[Node(0, Certificate("theirs", asPem: false)), Node(0, [])])
        {
            var fault = await Assert.ThrowsAnyAsync<Exception>(async () => await (await HostProcess.StartAsync(setup)).DisposeAsync());
            Assert.Contains("The Host ended", fault.Message, StringComparison.Ordinal);
        }
        Assert.Equal(1, (int)(await first.SendAsync(HttpMethod.Post, "/api/blast", new JsonObject { ["event"] = "still here" }))["sockets"]!);
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_used_is_named_at_start()
    {
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => HostProcess.StartAsync(new HostSetup().With("Realtime:Cluster:Tls:Certificate", "nowhere.pfx")));
        Assert.Contains("nowhere.pfx cannot be used as the certificate of the cluster", fault.Message, StringComparison.Ordinal);
    }

    private HostSetup Node(int port, (string Key, string Value)[] tls)
    {
        var setup = new HostSetup()
            .With("Realtime:Persistence:Provider", "postgres")
            .With("Realtime:Persistence:ConnectionString", postgres.ConnectionString)
            .With("Realtime:Cluster:Port", port.ToString(CultureInfo.InvariantCulture))
            .With("Realtime:Cluster:Hocon", Impatient())
            .With("Realtime:Cluster:SeedNodes:0", $"akka.tcp://realtime@127.0.0.1:{_port}");
        return tls.Aggregate(setup, (all, setting) => all.With($"Realtime:Cluster:Tls:{setting.Key}", setting.Value));
    }

    // One that is not answered gives up by itself, sooner than usual.
    private string Impatient()
    {
        var file = Path.Combine(_folder.Path, "impatient.conf");
        File.WriteAllText(file, "akka.cluster.shutdown-after-unsuccessful-join-seed-nodes = 8s");
        return file;
    }

    // The same name is the same certificate.
    private (string Key, string Value)[] Certificate(string name, bool asPem)
    {
        var (pfx, pem, key) = (Path.Combine(_folder.Path, $"{name}.pfx"), Path.Combine(_folder.Path, $"{name}.crt"), Path.Combine(_folder.Path, $"{name}.key"));
        if (!File.Exists(pfx))
        {
            using var keys = RSA.Create(2048);
            var request = new CertificateRequest("CN=realtime-cluster", keys, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            File.WriteAllBytes(pfx, made.Export(X509ContentType.Pfx, "secret"));
            File.WriteAllText(pem, made.ExportCertificatePem());
            File.WriteAllText(key, keys.ExportPkcs8PrivateKeyPem());
        }
        return asPem ? [("Certificate", pem), ("Key", key)] : [("Certificate", pfx), ("Password", "secret")];
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
