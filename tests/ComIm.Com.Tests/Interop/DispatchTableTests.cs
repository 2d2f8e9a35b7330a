using System.Reflection;
using ComIm.Com.Interop;

namespace ComIm.Com.Tests.Interop;

public sealed class DispatchTableTests
{
    private const DispatchKinds Read = DispatchKinds.Method | DispatchKinds.PropertyGet;

    private readonly Shop _shop = new();

    [Fact]
    public void Names_are_found_whatever_their_case()
    {
        Assert.Equal(1, _shop.Dispatch.Find("dEsCrIbE")!.DispId);
        Assert.Equal(3, _shop.Dispatch.Find("property")!.DispId);
        Assert.Null(_shop.Dispatch.Find("get_Property"));
    }

    [Fact]
    public void Tables_are_made_once() => Assert.Same(_shop.Dispatch, new Shop().Dispatch);

    [Fact]
    public void Arguments_left_out_take_their_defaults()
    {
        Assert.Equal("tea:3:-", Call("Describe", "tea").Value);
        Assert.Equal("tea:3:hot", Call("Describe", "tea", Missing.Value, "hot").Value);
    }

    [Fact]
    public void Arguments_can_be_named()
    {
        // o.Describe "tea", note:="hot": the named one comes first, as in DISPPARAMS.
        var note = _shop.Dispatch.Find("Describe")!.FindParameter("NOTE");
        var result = _shop.Dispatch.Invoke(_shop, 1, Read, new DispatchArguments(["hot", "tea"], [note]));
        Assert.Equal("tea:3:hot", result.Value);
    }

    [Theory]
    [InlineData("7", "tea:7:-")]
    [InlineData(7.2, "tea:7:-")]
    [InlineData((short)7, "tea:7:-")]
    [InlineData(null, "tea:0:-")]
    public void Numbers_are_taken_in_any_form(object? count, string expected) =>
        Assert.Equal(expected, Call("Describe", "tea", count).Value);

    [Fact]
    public void What_cannot_be_converted_names_the_argument()
    {
        var result = Call("Describe", "tea", "many");
        Assert.Equal(HResults.TypeMismatch, result.HResult);
        Assert.Equal(0, result.BadArgument);
    }

    [Fact]
    public void Too_many_and_too_few_arguments_are_told_apart()
    {
        Assert.Equal(HResults.BadParameterCount, Call("Describe", 1, 2, 3, 4).HResult);
        Assert.Equal(HResults.ParameterNotOptional, Call("Describe").HResult);
        Assert.Equal(HResults.MemberNotFound, _shop.Dispatch.Invoke(_shop, 999, Read, DispatchArguments.Empty).HResult);
    }

    [Fact]
    public void A_default_member_ends_a_chain()
    {
        Assert.Equal("cheese", Call("Items", 2).Value);
        Assert.Equal(HResults.Ok, Put("Items", 2, "cake").HResult);
        Assert.Equal("cake", Call("Items", 2).Value);
        Assert.Same(_shop.Items, Call("Items").Value);
    }

    [Fact]
    public void An_object_stands_for_its_default_member_where_a_text_is_wanted() =>
        Assert.Equal("<corner shop>", Call("Label", _shop).Value);

    [Theory]
    [InlineData(DispatchKinds.PropertyPut)]
    [InlineData(DispatchKinds.PropertyPutRef)]
    [InlineData(DispatchKinds.AnyPut)]
    public void Properties_are_put_with_and_without_Set(object kinds)
    {
        var result = _shop.Dispatch.Invoke(_shop, 3, (DispatchKinds)kinds, DispatchArguments.OfPut(7, _shop));
        Assert.Equal(HResults.Ok, result.HResult);
        Assert.Same(_shop, Call("Property", 7).Value);
    }

    [Fact]
    public void A_property_without_setter_refuses_a_put() =>
        Assert.Equal(HResults.MemberNotFound, Put("None", "x").HResult);

    [Fact]
    public void By_reference_arguments_come_back()
    {
        var arguments = DispatchArguments.Of("word", null, 10);
        Assert.Equal(HResults.Ok, _shop.Dispatch.Invoke(_shop, 4, Read, arguments).HResult);
        Assert.Equal("w", arguments[1]);
        Assert.Equal(14, arguments[0]);
        Assert.False(arguments.IsWritten(2));
    }

    [Fact]
    public void Exceptions_become_results()
    {
        var result = Call("Fail", unchecked((int)0x80EF0194), "gone");
        Assert.Equal(HResults.Exception, result.HResult);
        Assert.Equal(unchecked((int)0x80EF0194), result.Error!.HResult);
        Assert.Equal("gone", result.Error.Message);
    }

    [Fact]
    public void Results_are_fit_for_scripts()
    {
        Assert.Equal(5, Call("Following", "4").Value);
        Assert.Same(Nothing.Value, Call("None").Value);
        Assert.IsType<int>(Call("Big", 5L).Value);
        Assert.Equal(1e12, Call("Big", 1e12).Value);
        Assert.Equal(new object?[] { 1, 2 }, VariantSafe.Convert(new[] { 1L, 2L }, typeof(long[])));
    }

    private DispatchResult Call(string name, params object?[] arguments) =>
        _shop.Dispatch.Find(name)!.Invoke(_shop, Read, DispatchArguments.Of(arguments));

    private DispatchResult Put(string name, params object?[] arguments) =>
        _shop.Dispatch.Find(name)!.Invoke(_shop, DispatchKinds.PropertyPut, DispatchArguments.OfPut(arguments));
}
