namespace Realtime.Web.Models.Publishing;

/// <summary>
/// What an application does before and after the events of models are told (contract P-46): of all models, registered by
/// <c>services.AddSingleton&lt;IPublishHooks, MyHooks&gt;()</c>, or of one, as <see cref="IPublishHooks{T}"/>. They cannot veto.
/// <para>
/// They run for each event: of saves on the node whose outbox publishes it, which need not be the one that saved; of the verbs of
/// <see cref="ITopic{T}"/> on the node that calls them, within the call. What derives from an event at the other end of an association is
/// an event of its own. Those of one record run in the order of its events, those of different records at the same time.
/// </para>
/// <para>
/// At least once: after a crash, or where a topic did not answer, an event of the outbox is told again and its hooks run again;
/// <see cref="PublishedEvent.Key"/> is the same then. What they throw is logged, and the event goes on; so it does when they take longer than
/// <see cref="ModelsOptions.HooksTakeAtMost"/>. The events of the record wait for them, so they should be quick.
/// </para>
/// </summary>
public interface IPublishHooks
{
    /// <summary>Sockets are about to be told that a record was created (P-11, P-34). <see cref="PublishedEvent.Data"/> is the record as it is told.</summary>
    ValueTask BeforePublishCreateAsync(PublishedEvent told, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>They have been told.</summary>
    ValueTask AfterPublishCreateAsync(PublishedEvent told, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>Sockets are about to be told that a record was changed (P-12, P-35). <see cref="PublishedEvent.Data"/> is what changed.</summary>
    ValueTask BeforePublishUpdateAsync(PublishedEvent told, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>They have been told.</summary>
    ValueTask AfterPublishUpdateAsync(PublishedEvent told, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>Sockets are about to be told that a record is gone (P-13, P-36).</summary>
    ValueTask BeforePublishDestroyAsync(PublishedEvent told, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>They have been told.</summary>
    ValueTask AfterPublishDestroyAsync(PublishedEvent told, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>Sockets are about to be told that a record came into a collection (P-14, P-37): <see cref="PublishedEvent.Attribute"/>, <see cref="PublishedEvent.Others"/>.</summary>
    ValueTask BeforePublishAddAsync(PublishedEvent told, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>They have been told.</summary>
    ValueTask AfterPublishAddAsync(PublishedEvent told, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>Sockets are about to be told that a record left a collection (P-15, P-38): <see cref="PublishedEvent.Attribute"/>, <see cref="PublishedEvent.Others"/>.</summary>
    ValueTask BeforePublishRemoveAsync(PublishedEvent told, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>They have been told.</summary>
    ValueTask AfterPublishRemoveAsync(PublishedEvent told, CancellationToken cancellation) => ValueTask.CompletedTask;
}

/// <summary>Hooks for the events of one model: <c>services.AddSingleton&lt;IPublishHooks&lt;Order&gt;, MyHooks&gt;()</c>.</summary>
/// <typeparam name="T">The entity class.</typeparam>
public interface IPublishHooks<T> : IPublishHooks
    where T : class;
