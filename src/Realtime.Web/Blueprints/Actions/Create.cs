using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Realtime.Web.Blueprints.Reading;
using Realtime.Web.Blueprints.Writing;
using Realtime.Web.Models;

namespace Realtime.Web.Blueprints.Actions;

/// <summary>Contract B-17, B-18, B-34. A list of records is created all together or not at all.</summary>
internal static class Create
{
    public static async Task<IResult> RunAsync(BlueprintRequest request)
    {
        await request.DemandAsync(ModelAction.Create);
        var shape = await request.ShapeOfAnswerAsync();
        var isList = request.Body is { ValueKind: JsonValueKind.Array };
        if (isList && request.Body!.Value.GetArrayLength() > request.Setup.Options.MaxRecordsPerRequest)
        {
            return Refusal.Of(request.Http.Request, BlueprintCodes.InvalidNewRecord,
                $"More than {request.Setup.Options.MaxRecordsPerRequest} records at once.");
        }
        request.Begin();
        var created = new List<object>();
        foreach (var input in Inputs(request, isList))
        {
            var record = Activator.CreateInstance(request.Model.EntityType.ClrType, nonPublic: true)!;
            var writer = new RecordWriter(request, request.Context.Entry(record), input, isNew: true);
            await writer.WriteAsync();
            if (writer.Errors.Any)
                return Refusal.Of(request.Http.Request, BlueprintCodes.InvalidNewRecord, writer.Errors.Details, writer.Errors.ByAttribute);
            request.Context.Add(record);
            created.Add(record);
        }
        if (await Saving.TryAsync(request, BlueprintCodes.InvalidNewRecord) is { } refusal)
            return refusal;

        var keys = created.ConvertAll(record => request.Model.Key.ValuesOf(request.Context.Entry(record).CurrentValues).Select(part => part!).ToArray());
        if (request.Requester is not null)
            await Subscriptions.SubscribeAsync(request, request.Model, await request.IdsOfReadableAsync(request.Model, keys));
        var found = (await request.ReadAsync(Records.WithKey(Records.Of(request.Context, request.Model.EntityType), request.Model, keys), shape))
            .ToDictionary(record => record.Id);
        // What a policy keeps from its own author was created all the same.
        var records = keys.ConvertAll(key => found.GetValueOrDefault(request.Model.Key.Format(key)) ?? Record.OfKey(request.Model, key));
        var status = request.Setup.Options.CreatedStatus;
        return isList ? request.Answer(records, status) : request.Answer(records[0], status);
    }

    private static IEnumerable<RecordInput> Inputs(BlueprintRequest request, bool isList) => isList
        ? request.Body!.Value.EnumerateArray().Select(item => new RecordInput(item, null, request.InPath))
        : [request.Values];
}
