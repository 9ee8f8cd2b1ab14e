using System.Text;
using Realtime.Actors.Names;
using Realtime.Web.Topics;

namespace Realtime.Mortal;

/// <summary>Topics that are a file, which outlives the process: a line for each event that arrived, <c>key envelope</c>.</summary>
internal sealed class PaperTopics(string path, Death death) : ITopics
{
    private readonly Lock _turn = new();

    public async Task PublishAsync(TopicEvent happened, CancellationToken cancellation = default)
    {
        await death.PassAsync("before");
        // One write for each line: what the system has taken is not lost when the process is.
        var line = Encoding.UTF8.GetBytes($"{happened.Key} {happened.Model} {Encoding.UTF8.GetString(happened.Envelope.Span)}\n");
        lock (_turn)
        {
            using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            file.Write(line);
        }
        await death.PassAsync("after");
    }

    public Task SubscribeAsync(SocketId socket, ModelName model, IReadOnlyCollection<RecordId> records, CancellationToken cancellation = default) =>
        Task.CompletedTask;

    public Task UnsubscribeAsync(SocketId socket, ModelName model, IReadOnlyCollection<RecordId> records, CancellationToken cancellation = default) =>
        Task.CompletedTask;

    public Task WatchAsync(SocketId socket, ModelName model, CancellationToken cancellation = default) => Task.CompletedTask;

    public Task UnwatchAsync(SocketId socket, ModelName model, CancellationToken cancellation = default) => Task.CompletedTask;
}
