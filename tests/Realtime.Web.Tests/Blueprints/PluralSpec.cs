using Realtime.Web.Blueprints;

namespace Realtime.Web.Tests.Blueprints;

public sealed class PluralSpec
{
    /// <summary>Contract B-6.</summary>
    [Theory]
    [InlineData("album", "albums")]
    [InlineData("box", "boxes")]
    [InlineData("dish", "dishes")]
    [InlineData("status", "statuses")]
    [InlineData("category", "categories")]
    [InlineData("day", "days")]
    [InlineData("person", "people")]
    [InlineData("salesperson", "salespeople")]
    [InlineData("child", "children")]
    [InlineData("man", "men")]
    [InlineData("human", "humans")]
    [InlineData("mouse", "mice")]
    [InlineData("quiz", "quizzes")]
    [InlineData("analysis", "analyses")]
    [InlineData("series", "series")]
    [InlineData("knife", "knives")]
    [InlineData("hero", "heroes")]
    [InlineData("photo", "photos")]
    public void The_plural_is_what_English_has(string one, string many) => Assert.Equal(many, Plural.Of(one));
}
