using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Realtime.Web.Blueprints.Criteria;
using Realtime.Web.Blueprints.Reading;
using Realtime.Web.Blueprints.Writing;
using Realtime.Web.Models;
using Realtime.Web.Models.Changes;
using Realtime.Web.VirtualRequests;

namespace Realtime.Web.Blueprints;

/// <summary>A request to a model, and all that its action needs.</summary>
/// <param name="http">The request.</param>
/// <param name="context">The application's context, of this request.</param>
/// <param name="models">The models, as this context has them.</param>
/// <param name="name">The model that the route names.</param>
/// <param name="setup">What is the same for all requests.</param>
/// <param name="body">The JSON body, if there is one.</param>
internal sealed class BlueprintRequest(
    HttpContext http, DbContext context, ModelRegistry models, ModelName name, BlueprintSetup setup, JsonElement? body)
{
    public HttpContext Http { get; } = http;

    public DbContext Context { get; } = context;

    public ModelRegistry Models { get; } = models;

    public ModelDescription Model { get; } = models.Get(name);

    public BlueprintSetup Setup { get; } = setup;

    public JsonElement? Body { get; } = body;

    /// <summary>The names of the parameters in the path that are parameters of the request, beside the keys of records (contract B-9).</summary>
    public IReadOnlyList<string> PathParameters { get; init; } = [];

    public CancellationToken Cancellation => Http.RequestAborted;

    /// <summary>The socket that asks, or null over plain HTTP.</summary>
    public SocketId? Requester => Http.Features.Get<ISocketFeature>()?.Socket;

    /// <summary>The socket that shall not hear of what it does itself (contract D-10, B-46).</summary>
    public SocketId? Omit => Setup.Options.Mirror ? null : Requester;

    /// <summary>The primary key in the path.</summary>
    /// <exception cref="RealtimeException">It is none of this model.</exception>
    public object[] Key(string parameter = "id") => Model.Key.Parse(Path(parameter));

    public string Path(string parameter) => (string)Http.GetRouteValue(parameter)!;

    /// <summary>The parameters that criteria are read from.</summary>
    public CriteriaInput Criteria => new(Http.Request.Query, Body, Http.Request.RouteValues.Keys, InPath);

    /// <summary>The parameters in the path, with their values.</summary>
    public IEnumerable<KeyValuePair<string, string>> InPath =>
        PathParameters.Where(name => Http.GetRouteValue(name) is string).Select(name => KeyValuePair.Create(name, Path(name)));

    /// <summary>The values that are given for a record.</summary>
    public RecordInput Values => new(Body, Http.Request.Query, InPath);

    /// <summary>Refuses the request if the policy does.</summary>
    /// <exception cref="RealtimeException"><see cref="ErrorCodes.Forbidden"/></exception>
    public async Task DemandAsync(ModelAction action, ModelDescription? model = null)
    {
        if (!await MayAsync(action, model ?? Model))
            throw new RealtimeException(ErrorCodes.Forbidden, $"This request may not {action.ToString().ToLowerInvariant()} {(model ?? Model).Name}.");
    }

    /// <summary>
    /// Refuses the request if what it is to change is not its own model's: the foreign key of an association may be in the other record, and
    /// it is that one's policy which says who may change it.
    /// </summary>
    /// <exception cref="RealtimeException"><see cref="ErrorCodes.Forbidden"/></exception>
    public async Task DemandChangeAsync(AssociationDescription association)
    {
        if (association.Navigation is INavigation { IsOnDependent: false })
            await DemandAsync(ModelAction.Update, association.Target);
    }

    public ValueTask<bool> MayAsync(ModelAction action, ModelDescription model) => Setup.PolicyOf(model).AllowsAsync(action, model, Http);

    /// <summary>
    /// Whether the sender may hear of every new record of a model. Not where some do not exist for it: who watches hears of all,
    /// and subscribes to the records that it reads instead.
    /// </summary>
    public async ValueTask<bool> MayWatchAsync(ModelDescription model) =>
        Readable(model) is null && await MayHearAsync(model) && await MayAsync(ModelAction.Watch, model);

    /// <summary>Whether the sender may hear of records of a model: an event shows what is read of them.</summary>
    public async ValueTask<bool> MayHearAsync(ModelDescription model) =>
        await MayAsync(ModelAction.Read, model) && await MayAsync(ModelAction.Subscribe, model);

    public LambdaExpression? Readable(ModelDescription model) => Setup.PolicyOf(model).Readable(model, Http);

    /// <summary>States that what is saved from now on is this request's doing.</summary>
    public ChangeOrigin Begin(bool isAboutCollections = false)
    {
        var origin = new ChangeOrigin { Omit = Omit, IsAboutCollections = isAboutCollections };
        Http.Response.RegisterForDispose(Setup.Origins.Begin(Context, origin));
        return origin;
    }

    /// <summary>What is read of a record: the attributes that are asked for, and the associations, each as far as the policy lets it.</summary>
    public async Task<RecordShape> ShapeAsync(ModelDescription model, RecordCriteria criteria)
    {
        var populated = new List<PopulatedShape>();
        foreach (var populate in criteria.Populates)
        {
            if (model.FindAssociation(populate.Association) is { } association && await MayAsync(ModelAction.Read, association.Target))
                populated.Add(new PopulatedShape(association, new RecordShape(association.Target, null, []), populate.Limit, Readable(association.Target)));
        }
        return new RecordShape(model, criteria.Fields is null ? null : criteria.Shows, populated);
    }

    /// <summary>
    /// The shape of a record with all its associations, as actions that change it answer with; nothing but its key for who may
    /// change, but not read. Only the query string can ask for less: the body holds values.
    /// </summary>
    public async Task<RecordShape> ShapeOfAnswerAsync()
    {
        var asked = CriteriaReader.ReadOne(
            Model.EntityType, new CriteriaInput(Http.Request.Query, null, Http.Request.RouteValues.Keys), Setup.Criteria);
        return await MayAsync(ModelAction.Read, Model) ? await ShapeAsync(Model, asked) : RecordShape.OfKey(Model);
    }

    public async Task<Record?> ReadOneAsync(RecordShape shape, object[] key)
    {
        var records = Records.WithKey(Records.Of(Context, Model.EntityType), Model, [key]);
        return (await ReadAsync(records, shape)).SingleOrDefault();
    }

    public async Task<List<Record>> ReadAsync(IQueryable records, RecordShape shape, RecordCriteria? criteria = null)
    {
        records = Records.Where(records, Readable(shape.Model));
        if (criteria is not null)
            records = criteria.Apply(records);
        var rows = await Projection.Select(records, shape).ToListAsync(Cancellation);
        return rows.ConvertAll(values => new Record(shape, values));
    }

    /// <summary>
    /// Answers with a record that was changed. One that does not exist for its own author, which a policy may say, is no more than its key.
    /// </summary>
    public async Task<IResult> AnswerAsync(RecordShape shape, object[] key) =>
        await ReadOneAsync(shape, key) is { } record ? Answer(record) : Readable(Model) is null ? NotFound : Answer(Record.OfKey(Model, key));

    /// <summary>The records of some keys that exist for the sender.</summary>
    public async Task<RecordId[]> IdsOfReadableAsync(ModelDescription model, IReadOnlyList<object[]> keys) => Readable(model) is null
        ? [.. keys.Select(model.Key.Format)]
        : [.. (await ReadAsync(Records.WithKey(Records.Of(Context, model.EntityType), model, keys), RecordShape.OfKey(model))).Select(record => record.Id)];

    public IResult Answer(Record record, int status = StatusCodes.Status200OK) => new JsonAnswer(Setup.Json.Write(json => record.Write(json, Setup.Json)), status);

    public IResult Answer(IEnumerable<Record> records, int status = StatusCodes.Status200OK) => new JsonAnswer(Setup.Json.Write(json =>
    {
        json.WriteStartArray();
        foreach (var record in records)
            record.Write(json, Setup.Json);
        json.WriteEndArray();
    }), status);

    /// <summary>Contract B-25.</summary>
    public static IResult NotFound => Results.Text("Not Found", statusCode: StatusCodes.Status404NotFound);
}
