using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Realtime.Web.Models.Publishing;
using Realtime.Web.Topics;

namespace Realtime.Web.Tests.Models.Publishing;

/// <summary>What hooks, topics and the log were told, in order; and what a hook does besides.</summary>
public sealed class Recorded : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = [];

    /// <summary>What hooks do when they are told.</summary>
    public Func<string, PublishedEvent, CancellationToken, Task> Does { get; set; } = (_, _, _) => Task.CompletedTask;

    public IReadOnlyList<string> Lines => [.. _lines];

    public ConcurrentQueue<PublishedEvent> Told { get; } = [];

    public void Note(string line) => _lines.Enqueue(line);

    public void Note(TopicEvent happened) => Note($"{happened.Verb} {happened.Model} {happened.Record}");

    public async ValueTask TellAsync(string hook, PublishedEvent told, CancellationToken cancellation)
    {
        Note($"{hook} {told.Model} {told.Record}");
        Told.Enqueue(told);
        await Does(hook, told, cancellation);
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            Note($"{formatter(state, exception)} {exception?.Message}");
    }

    public void Dispose()
    {
    }
}

/// <summary>Hooks that write down what they are told.</summary>
public class RecordingHooks(Recorded recorded) : IPublishHooks
{
    public ValueTask BeforePublishCreateAsync(PublishedEvent told, CancellationToken cancellation) => Tell("before create", told, cancellation);

    public ValueTask AfterPublishCreateAsync(PublishedEvent told, CancellationToken cancellation) => Tell("after create", told, cancellation);

    public ValueTask BeforePublishUpdateAsync(PublishedEvent told, CancellationToken cancellation) => Tell("before update", told, cancellation);

    public ValueTask AfterPublishUpdateAsync(PublishedEvent told, CancellationToken cancellation) => Tell("after update", told, cancellation);

    public ValueTask BeforePublishDestroyAsync(PublishedEvent told, CancellationToken cancellation) => Tell("before destroy", told, cancellation);

    public ValueTask AfterPublishDestroyAsync(PublishedEvent told, CancellationToken cancellation) => Tell("after destroy", told, cancellation);

    public ValueTask BeforePublishAddAsync(PublishedEvent told, CancellationToken cancellation) => Tell("before add", told, cancellation);

    public ValueTask AfterPublishAddAsync(PublishedEvent told, CancellationToken cancellation) => Tell("after add", told, cancellation);

    public ValueTask BeforePublishRemoveAsync(PublishedEvent told, CancellationToken cancellation) => Tell("before remove", told, cancellation);

    public ValueTask AfterPublishRemoveAsync(PublishedEvent told, CancellationToken cancellation) => Tell("after remove", told, cancellation);

    protected virtual ValueTask Tell(string hook, PublishedEvent told, CancellationToken cancellation) => recorded.TellAsync(hook, told, cancellation);
}

/// <summary>Hooks of users alone, which publish themselves.</summary>
public sealed class UserHooks(Recorded recorded, ITopic<User> users) : RecordingHooks(recorded), IPublishHooks<User>
{
    protected override async ValueTask Tell(string hook, PublishedEvent told, CancellationToken cancellation)
    {
        await base.Tell($"user's {hook}", told, cancellation);
        if (hook == "after destroy")
            await users.MessagedAsync(told.Record, "rest in peace", cancellation: cancellation);
    }
}
