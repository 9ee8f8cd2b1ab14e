using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using static Realtime.Web.Tests.Deployment.DeploymentFiles;

namespace Realtime.Web.Tests.Deployment;

/// <summary>What the files for Docker, Kubernetes and systemd say fits the service, and each other.</summary>
public sealed partial class DeploymentSpec
{
    /// <summary>How long the host takes at most to stop: .NET's own default, which nobody changes.</summary>
    private static readonly TimeSpan HostStops = new HostOptions().ShutdownTimeout;

    private static readonly Dictionary<string, Func<Dictionary<string, string>>> Files = new()
    {
        ["Dockerfile"] = OfImage,
        ["compose.yaml, realtime-1"] = () => OfCompose("realtime-1"),
        ["compose.yaml, realtime-2"] = () => OfCompose("realtime-2"),
        ["compose.yaml, realtime-3"] = () => OfCompose("realtime-3"),
        ["deploy/kubernetes"] = OfKubernetes,
        ["deploy/systemd"] = OfSystemd,
    };

    public static TheoryData<string> Names => [.. Files.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Every_setting_is_one_and_together_they_are_valid(string file)
    {
        var settings = Files[file]();
        Assert.All(settings.Keys, name => Assert.True(name.StartsWith("Realtime__", StringComparison.Ordinal) || name is "Urls" or "ASPNETCORE_HTTP_PORTS", name));
        Assert.Contains(settings.Keys, name => name.StartsWith("Realtime__", StringComparison.Ordinal));
        Read(settings); // an unknown key and a wrong value are errors
    }

    [Fact]
    public void A_setting_that_does_not_exist_would_be_found() =>
        Assert.ThrowsAny<Exception>(() => Read(new() { ["Realtime__Cluster__Hostnam"] = "realtime-1" }));

    [Fact]
    public void A_node_is_given_the_time_that_it_takes_to_end()
    {
        Enough(OfCompose("realtime-1"), Compose("realtime-1").At("stop_grace_period").Text().TrimEnd('s'));
        Enough(OfKubernetes(), Manifest("StatefulSet").At("spec", "template", "spec", "terminationGracePeriodSeconds").Text());
        Enough(OfSystemd(), Timeout().Match(Text("deploy", "systemd", "realtime.service")).Groups[1].Value);

        static void Enough(Dictionary<string, string> settings, string seconds) => Assert.True(
            TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)) > Read(settings).DrainDelay + HostStops);
    }

    [Fact]
    public void Ports_are_the_same_wherever_they_stand()
    {
        var http = new Uri(OfImage()["Urls"].Replace("+", "any", StringComparison.Ordinal)).Port.ToString(CultureInfo.InvariantCulture);
        Assert.Contains($"http://127.0.0.1:{http}/health/ready", Text("Dockerfile"), StringComparison.Ordinal);
        Assert.All(new[] { "realtime-1", "realtime-2", "realtime-3" },
            node => Assert.EndsWith($":{http}", Assert.Single(Compose(node).At("ports").Items()).Text(), StringComparison.Ordinal));

        var ports = Container().At("ports").Items().ToDictionary(port => port.At("name").Text(), port => port.At("containerPort").Text());
        Assert.Equal(http, ports["http"]);
        Assert.Equal(Read(OfKubernetes()).Cluster.Port.ToString(CultureInfo.InvariantCulture), ports["remoting"]);
        Assert.All(new[] { "startupProbe", "readinessProbe", "livenessProbe" }, probe => Assert.Equal("http", Container().At(probe, "httpGet", "port").Text()));
    }

    [Fact]
    public void Seed_nodes_are_nodes_that_exist_and_each_is_reached_by_the_name_it_gives_itself()
    {
        var nodes = new[] { "realtime-1", "realtime-2", "realtime-3" }.Select(name => Read(OfCompose(name)).Cluster).ToArray();
        Assert.All(nodes, node => Assert.Subset(nodes.Select(Address).ToHashSet(), node.SeedNodes.ToHashSet()));
        Assert.Single(nodes.Select(node => string.Join(' ', node.SeedNodes)).Distinct());
        Assert.Equal(Address(Read(OfKubernetes()).Cluster), Read(OfKubernetes()).Cluster.SeedNodes[0]);
        Assert.Contains($".{Manifest("StatefulSet").At("spec", "serviceName").Text()}.", Read(OfKubernetes()).Cluster.Hostname, StringComparison.Ordinal);

        static string Address(ClusterSettings node) => $"akka.tcp://realtime@{node.Hostname}:{node.Port}";
    }

    [Fact]
    public void Every_selector_finds_the_nodes()
    {
        var label = Manifest("StatefulSet").At("spec", "template", "metadata", "labels", "app").Text();
        Assert.Equal(label, Manifest("StatefulSet").At("spec", "selector", "matchLabels", "app").Text());
        Assert.Equal(label, Manifest("Service").At("spec", "selector", "app").Text());
        Assert.Equal(label, Manifest("Service", "realtime-nodes").At("spec", "selector", "app").Text());
        Assert.Equal(label, Manifest("PodDisruptionBudget").At("spec", "selector", "matchLabels", "app").Text());
        Assert.Equal(label, Manifest("NetworkPolicy").At("spec", "podSelector", "matchLabels", "app").Text());
    }

    // As the process reads its environment.
    private static RealtimeOptions Read(Dictionary<string, string> settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings.Select(pair =>
            KeyValuePair.Create(pair.Key.Replace("__", ":", StringComparison.Ordinal), (string?)pair.Value)));
        builder.Services.AddRealtime(builder.Configuration);
        using var services = builder.Services.BuildServiceProvider();
        return services.GetRequiredService<IOptions<RealtimeOptions>>().Value;
    }

    [GeneratedRegex("^TimeoutStopSec=([0-9]+)$", RegexOptions.Multiline)]
    private static partial Regex Timeout();
}
