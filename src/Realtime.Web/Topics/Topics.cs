using Akka.Actor;
using Akka.Hosting;
using Akka.Util;
using Microsoft.Extensions.Options;
using Realtime.Actors.Delivery;
using Realtime.Actors.Sessions;
using Realtime.Actors.Topics;
using Realtime.Web.Sockets;
using Realtime.Web.VirtualRequests;

namespace Realtime.Web.Topics;

/// <summary>Asks the topic shard region, and the sessions of sockets.</summary>
internal sealed class Topics(IRequiredActor<TopicRegion> region, SocketRouter sockets, IOptions<RealtimeOptions> options) : ITopics
{
    public Task SubscribeAsync(SocketId socket, ModelName model, IReadOnlyCollection<RecordId> records, CancellationToken cancellation) =>
        ForEachPartition(model, records, (topic, part) => AskSocketAsync<Subscribed>(new SubscribeSocket(socket, topic, part, false), cancellation));

    public Task UnsubscribeAsync(SocketId socket, ModelName model, IReadOnlyCollection<RecordId> records, CancellationToken cancellation) =>
        ForEachPartition(model, records, (topic, part) => AskSocketAsync<Unsubscribed>(new UnsubscribeSocket(socket, topic, part, false), cancellation));

    public Task WatchAsync(SocketId socket, ModelName model, CancellationToken cancellation) =>
        Task.WhenAll(Partitions(model).Select(topic => AskSocketAsync<Subscribed>(new SubscribeSocket(socket, topic, [], true), cancellation)));

    public Task UnwatchAsync(SocketId socket, ModelName model, CancellationToken cancellation) =>
        Task.WhenAll(Partitions(model).Select(topic => AskSocketAsync<Unsubscribed>(new UnsubscribeSocket(socket, topic, [], true), cancellation)));

    public async Task PublishAsync(TopicEvent happened, CancellationToken cancellation)
    {
        var publish = new Publish(
            PartitionOf(happened.Model, happened.Record ?? default), happened.Verb, happened.Record, happened.Envelope, happened.Omit, happened.Key);
        var answer = await Answers.WithinAsync(
            () => region.ActorRef.Ask<IFeedReply>(publish, options.Value.AnswerWithin, cancellation), publish.Feed);
        if (answer is not Published published)
            throw Answers.Refusal(answer);
        SaidMeanwhile.Note(published);
    }

    private async Task AskSocketAsync<TAnswer>(ISocketCommand command, CancellationToken cancellation)
    {
        var answer = await sockets.AskAsync(command, cancellation);
        if (answer is not TAnswer)
            throw Answers.Refusal(answer, command.Socket);
    }

    private Task ForEachPartition(ModelName model, IReadOnlyCollection<RecordId> records, Func<TopicName, RecordId[], Task> ask) =>
        Task.WhenAll(records.Distinct().GroupBy(record => PartitionOf(model, record)).Select(part => ask(part.Key, [.. part])));

    private IEnumerable<TopicName> Partitions(ModelName model) =>
        Enumerable.Range(0, options.Value.Topics.Partitions).Select(partition => new TopicName(model, partition));

    private TopicName PartitionOf(ModelName model, RecordId record) =>
        new(model, (int)((uint)MurmurHash.StringHash(record.Value) % (uint)options.Value.Topics.Partitions));
}
