using System.Text.Json;
using Akka.Actor;
using Realtime.Actors.Serialization;
using Realtime.Actors.Tests.Support;
using Realtime.Testing;

namespace Realtime.Actors.Tests.Serialization;

public sealed class RealtimeSerializerSpec : ActorSpec
{
    private readonly RealtimeSerializer _serializer;

    public RealtimeSerializerSpec() => _serializer = new RealtimeSerializer((ExtendedActorSystem)Sys);

    public static TheoryData<string> Types => [.. RealtimeSerializer.Types.Select(type => type.Name).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Manifests => [.. RealtimeSerializer.Manifests.Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Types))]
    public void Every_message_reads_back_as_it_was_written(string type)
    {
        var sample = SampleOf(type);
        var read = _serializer.FromBinary(_serializer.ToBinary(sample), _serializer.Manifest(sample));
        Assert.IsType(sample.GetType(), read);
        // Records compare collections by reference, so the written form is compared, and every property as JSON shows it.
        Assert.Equal(_serializer.ToBinary(sample), _serializer.ToBinary(read));
        Assert.Equal(JsonSerializer.Serialize(sample, sample.GetType()), JsonSerializer.Serialize(read, read.GetType()));
    }

    [Theory, MemberData(nameof(Manifests))]
    public void Bytes_of_an_earlier_release_read_and_write_back_unchanged(string manifest)
    {
        var golden = Golden.Of(manifest, () => _serializer.ToBinary(Samples.All.Values.Single(sample => _serializer.Manifest(sample) == manifest)));
        Assert.Equal(golden, _serializer.ToBinary(_serializer.FromBinary(golden, manifest)));
    }

    // Fields that came later than the golden files.
    public static TheoryData<string> Additions => [.. Samples.Additions.Keys];

    [Theory, MemberData(nameof(Additions))]
    public void What_was_added_to_a_message_later_reads_back_too(string type)
    {
        var sample = Samples.Additions[type];
        var read = _serializer.FromBinary(_serializer.ToBinary(sample), _serializer.Manifest(sample));
        Assert.Equal(JsonSerializer.Serialize(sample, sample.GetType()), JsonSerializer.Serialize(read, read.GetType()));
    }

    [Fact]
    public void No_golden_file_is_without_its_reader() =>
        Assert.Empty(Golden.Manifests().Except(RealtimeSerializer.Manifests));

    [Fact]
    public void Every_kind_of_event_is_in_the_golden_row_of_the_journal()
    {
        var kinds = typeof(IFeedEvent).Assembly.GetTypes()
            .Where(type => type is { IsClass: true } && type.IsAssignableTo(typeof(IFeedEvent)) && type != typeof(FeedChanged));
        var stored = (FeedChanged)_serializer.FromBinary(Golden.Of("feed.changed.1"), "feed.changed.1");
        Assert.Empty(kinds.Except(stored.Events.Select(happened => happened.GetType())));
        Assert.Equal(Samples.Events.Length, stored.Events.Length);
    }

    [Fact]
    public void A_manifest_of_a_later_version_is_refused() =>
        Assert.Throws<NotSupportedException>(() => _serializer.FromBinary([], "feed.changed.999"));

    private static object SampleOf(string type) =>
        Samples.All.Values.FirstOrDefault(sample => sample.GetType().Name == type)
        ?? throw new InvalidOperationException($"{type} crosses nodes but has no sample in {nameof(Samples)}.");
}
