using System.Text;
using System.Text.Json.Nodes;
using Realtime.Actors.Names;
using Realtime.Testing;
using Realtime.Web.Topics;

namespace Realtime.Web.Tests.Models;

/// <summary>Topics that write down what they are asked, and fail when they are told to.</summary>
public sealed class FakeTopics : ITopics
{
    private readonly object _turn = new();
    private readonly List<TopicEvent> _published = [];
    private readonly HashSet<string> _keys = [];
    private readonly List<string> _calls = [];

    /// <summary>Throws to refuse an event.</summary>
    public Action<TopicEvent>? BeforePublish { get; set; }

    /// <summary>Throws to lose the answer to an event that was taken.</summary>
    public Action<TopicEvent>? AfterPublish { get; set; }

    /// <summary>What happens just before a socket is subscribed.</summary>
    public Func<Task>? BeforeSubscribe { get; set; }

    /// <summary>Subscriptions as sentences: <c>subscribe album 7</c>.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_turn)
                return [.. _calls];
        }
    }

    /// <summary>Each event once, whatever the number of attempts, in the order of arrival.</summary>
    public IReadOnlyList<TopicEvent> Published
    {
        get
        {
            lock (_turn)
                return [.. _published];
        }
    }

    public static JsonNode Read(TopicEvent happened) => JsonNode.Parse(happened.Envelope.Span)!;

    /// <summary>Waits for a number of events, and returns <c>model {envelope}</c> for each.</summary>
    public async Task<string[]> EventsAsync(int count)
    {
        await Eventually.TrueAsync(() => Task.FromResult(Published.Count >= count), what: $"{count} events");
        return [.. Published.Select(happened => $"{happened.Model} {Encoding.UTF8.GetString(happened.Envelope.Span)}")];
    }

    public Task PublishAsync(TopicEvent happened, CancellationToken cancellation = default)
    {
        BeforePublish?.Invoke(happened);
        lock (_turn)
        {
            // What is told without an outbox has no key.
            if (happened.Key is null || _keys.Add(happened.Key))
                _published.Add(happened);
        }
        AfterPublish?.Invoke(happened);
        return Task.CompletedTask;
    }

    public async Task SubscribeAsync(SocketId socket, ModelName model, IReadOnlyCollection<RecordId> records, CancellationToken cancellation = default)
    {
        if (BeforeSubscribe is { } before)
        {
            BeforeSubscribe = null;
            await before();
        }
        await Note($"subscribe {model} {string.Join(",", records)}");
    }

    public Task UnsubscribeAsync(SocketId socket, ModelName model, IReadOnlyCollection<RecordId> records, CancellationToken cancellation = default) =>
        Note($"unsubscribe {model} {string.Join(",", records)}");

    public Task WatchAsync(SocketId socket, ModelName model, CancellationToken cancellation = default) => Note($"watch {model}");

    public Task UnwatchAsync(SocketId socket, ModelName model, CancellationToken cancellation = default) => Note($"unwatch {model}");

    private Task Note(string call)
    {
        lock (_turn)
            _calls.Add(call);
        return Task.CompletedTask;
    }
}
