using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Realtime.Web.Models;

namespace Realtime.Web.Tests.Models;

/// <summary>Contract B-48: what cannot be hidden is not shown by mistake.</summary>
public sealed class HiddenFromConvertersSpec
{
    [Fact]
    public void What_a_converter_of_its_class_writes_cannot_be_hidden_by_member()
    {
        using var context = new Doors(new DbContextOptionsBuilder<Doors>().UseSqlite("Data Source=:memory:").Options);
        Assert.Single(new ModelRegistry(context.Model, new ModelsOptions { IsHidden = member => member.Name == nameof(Door.Lock) }).Models[0].Attributes, attribute => attribute.IsHidden);
        var refused = Assert.Throws<InvalidOperationException>(
            () => new ModelRegistry(context.Model, new ModelsOptions { IsHidden = member => member.Name == nameof(Lock.Code) }));
        Assert.Contains("Lock.Code is hidden, but a converter of Lock writes it", refused.Message, StringComparison.Ordinal);
    }

    private sealed class Doors(DbContextOptions<Doors> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Door>().OwnsOne(door => door.Lock);
    }

    private sealed class Door
    {
        public int Id { get; set; }

        public Lock? Lock { get; set; }
    }

    [JsonConverter(typeof(LockConverter))]
    private sealed class Lock
    {
        public string? Code { get; set; }
    }

    private sealed class LockConverter : JsonConverter<Lock>
    {
        public override Lock Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new() { Code = reader.GetString() };

        public override void Write(Utf8JsonWriter writer, Lock value, JsonSerializerOptions options) => writer.WriteStringValue(value.Code);
    }
}
