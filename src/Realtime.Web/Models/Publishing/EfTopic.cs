using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Realtime.Web.Blueprints.Criteria;
using Realtime.Web.Models.Changes;
using Realtime.Web.Topics;

namespace Realtime.Web.Models.Publishing;

/// <summary>The topic of an entity class of a context.</summary>
internal sealed class EfTopic<TContext, T> : ITopic<T>
    where TContext : DbContext
    where T : class
{
    private readonly IServiceScopeFactory _scopes;
    private readonly ModelContext<TContext> _models;
    private readonly ITopics _topics;
    private readonly Announcer<TContext> _announcer;
    private readonly ModelDescription _model;
    private readonly Envelopes _envelopes;
    private readonly PopulatedRecords _populated;

    public EfTopic(IServiceScopeFactory scopes, ModelContext<TContext> models, ITopics topics, Announcer<TContext> announcer, ModelGates gates)
    {
        (_scopes, _models, _topics, _announcer) = (scopes, models, topics, announcer);
        using var scope = scopes.CreateScope();
        _model = models.RegistryOf(scope.ServiceProvider.GetRequiredService<TContext>()).Of<T>();
        _envelopes = new Envelopes(models.Json);
        _populated = new PopulatedRecords(models.Options, models.Json, gates);
    }

    public ModelName Model => _model.Name;

    public RecordId IdOf(object key) => IdOf(_model, key);

    public RoomName RoomNameOf(object key) => RoomName.Parse($"sails_model_{Model}_{IdOf(key)}:{Model}");

    public Task SubscribeAsync(SocketId socket, IEnumerable<object> keys, CancellationToken cancellation) =>
        _topics.SubscribeAsync(socket, Model, IdsOf(keys), cancellation);

    public Task UnsubscribeAsync(SocketId socket, IEnumerable<object> keys, CancellationToken cancellation) =>
        _topics.UnsubscribeAsync(socket, Model, IdsOf(keys), cancellation);

    public Task WatchAsync(SocketId socket, CancellationToken cancellation) => _topics.WatchAsync(socket, Model, cancellation);

    public Task UnwatchAsync(SocketId socket, CancellationToken cancellation) => _topics.UnwatchAsync(socket, Model, cancellation);

    public async Task PublishAsync(IEnumerable<object> keys, object? data, SocketId? requester, CancellationToken cancellation)
    {
        var (ids, bytes) = (IdsOf(keys), JsonSerializer.SerializeToUtf8Bytes(data, _models.Json.Options));
        foreach (var id in ids)
            await _topics.PublishAsync(new TopicEvent(Model, Verb.Messaged, id, bytes, requester), cancellation);
    }

    public Task CreatedAsync(object record, SocketId? requester, bool noReverse, CancellationToken cancellation) =>
        TellAsync(async told => told.Notices.Created(await PopulatedAsync(told, Read(told.Context, told.Model, record), cancellation), noReverse),
            requester, cancellation);

    public Task UpdatedAsync(
        object key, object changes, object? previous, SocketId? requester, bool noReverse, CancellationToken cancellation) =>
        TellAsync(told => told.Notices.Updated(KeyOf(told.Model, key), Read(told.Context, told.Model, changes), ReadIfAny(told, previous), noReverse),
            requester, cancellation);

    public Task DestroyedAsync(object key, object? previous, SocketId? requester, bool noReverse, CancellationToken cancellation) =>
        TellAsync(told => told.Notices.Destroyed(KeyOf(told.Model, key), ReadIfAny(told, previous), noReverse), requester, cancellation);

    public async Task AddedToAsync(
        object key, string attribute, object child, SocketId? requester, bool noReverse, CancellationToken cancellation)
    {
        var association = CollectionOf(attribute);
        await TellAsync(told => Linked(told, attribute, key, child, isAdded: true, noReverse), requester, cancellation, async () =>
        {
            if (requester is { } socket && !noReverse)
                await _topics.SubscribeAsync(socket, association.Target.Name, [association.Target.Key.Format(KeyOfChild(association, child))], cancellation);
        });
    }

    public Task RemovedFromAsync(
        object key, string attribute, object child, SocketId? requester, bool noReverse, CancellationToken cancellation)
    {
        _ = CollectionOf(attribute);
        return TellAsync(told => Linked(told, attribute, key, child, isAdded: false, noReverse), requester, cancellation);
    }

    public Task MessagedAsync(object key, object? data, SocketId? requester, CancellationToken cancellation) => TellAsync(
        told => [_envelopes.Event(told.Model, KeyOf(told.Model, key), Verb.Messaged, json =>
        {
            json.WritePropertyName("data");
            JsonSerializer.Serialize(json, data, _models.Json.Options);
        })],
        requester, cancellation);

    private Task TellAsync(
        Func<Telling, IEnumerable<ModelEvent>> compose, SocketId? requester, CancellationToken cancellation, Func<Task>? first = null) =>
        TellAsync(told => Task.FromResult(compose(told)), requester, cancellation, first);

    // Composed before anything is sent: what is wrong changes nothing.
    private async Task TellAsync(
        Func<Telling, Task<IEnumerable<ModelEvent>>> compose, SocketId? requester, CancellationToken cancellation, Func<Task>? first = null)
    {
        List<ModelEvent> events;
        ModelRegistry known;
        await using (var scope = _scopes.CreateAsyncScope())
        {
            var context = scope.ServiceProvider.GetRequiredService<TContext>();
            known = _models.RegistryOf(context);
            var model = known.Of<T>();
            events = [.. await compose(new Telling(context, model, new Notices(model, _envelopes)))];
        }
        if (first is not null)
            await first();
        foreach (var happened in events)
            await _announcer.PublishAsync(known, new TopicEvent(happened.Model, happened.Verb, happened.Record, happened.Envelope, requester), cancellation);
    }

    private IEnumerable<ModelEvent> Linked(
        Telling told, string attribute, object key, object child, bool isAdded, bool noReverse)
    {
        var association = told.Model.FindAssociation(attribute)!;
        var added = isAdded && IsRecord(association.Target, child) ? Read(told.Context, association.Target, child) : null;
        return told.Notices.Linked(association, KeyOf(told.Model, key), KeyOfChild(association, child), added, isAdded, noReverse);
    }

    private AssociationDescription CollectionOf(string attribute) =>
        _model.FindAssociation(attribute) is { IsPlural: true } association
            ? association
            : throw new RealtimeException(ErrorCodes.InvalidRequest, $"{Model} has no collection \"{attribute}\".");

    private async Task<GivenRecord> PopulatedAsync(Telling told, GivenRecord record, CancellationToken cancellation) =>
        record is GivenEntity entity && await _populated.FindAsync(told.Context, told.Model, [.. entity.Key.Select(part => part!)], cancellation) is { } populated
            ? new GivenPopulated(entity, populated)
            : record;

    private GivenRecord? ReadIfAny(Telling told, object? record) => record is null ? null : Read(told.Context, told.Model, record);

    private GivenRecord Read(TContext context, ModelDescription model, object record) => model.EntityType.ClrType.IsInstanceOfType(record)
        ? new GivenEntity(context.Entry(record), model, _models.Json)
        : new GivenJson(record, model, _models.Json.Options);

    private object?[] KeyOfChild(AssociationDescription association, object child) =>
        IsRecord(association.Target, child) && !association.Target.EntityType.ClrType.IsInstanceOfType(child)
            ? new GivenJson(child, association.Target, _models.Json.Options).Key
            : KeyOf(association.Target, child);

    private static bool IsRecord(ModelDescription model, object given) =>
        model.EntityType.ClrType.IsInstanceOfType(given) || given is not (RecordId or string or IFormattable or ITuple or object?[]);

    private RecordId[] IdsOf(IEnumerable<object> keys) => [.. keys.Select(IdOf)];

    private static object[] KeyOf(ModelDescription model, object key)
    {
        try
        {
            // By way of text, so that "7" and 7L are the key 7 (contract P-18).
            return model.Key.Parse(IdOf(model, key).Value);
        }
        catch (RealtimeException wrong) when (wrong.Code == CriteriaCodes.InvalidCriteria)
        {
            throw new RealtimeException(ErrorCodes.InvalidRecord, wrong.Message, wrong);
        }
    }

    private static RecordId IdOf(ModelDescription model, object? key)
    {
        object?[] parts = key switch
        {
            null => throw new RealtimeException(ErrorCodes.InvalidRecord, $"The primary key of a {model.Name} is missing."),
            RecordId id => [id.Value],
            object?[] several => several,
            ITuple tuple => [.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i])],
            _ when model.EntityType.ClrType.IsInstanceOfType(key) => [.. model.Key.Properties.Select(property => property.GetGetter().GetClrValue(key))],
            _ => [key],
        };
        if (parts is [string text])
            return RecordId.Parse(text);
        return parts.Length == model.Key.Properties.Count
            ? model.Key.Format(parts)
            : throw new RealtimeException(ErrorCodes.InvalidRecord, $"The primary key of a {model.Name} has {model.Key.Properties.Count} parts.");
    }

    /// <summary>One event being composed: a context, and the model as that context has it.</summary>
    private sealed record Telling(TContext Context, ModelDescription Model, Notices Notices);
}
