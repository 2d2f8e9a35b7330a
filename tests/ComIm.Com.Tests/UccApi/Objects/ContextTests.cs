using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects;

namespace ComIm.Com.Tests.UccApi.Objects;

/// <summary>Contexts and their properties, used through the original interfaces.</summary>
public sealed class ContextTests
{
    private readonly IUccContext _context = new UccContext();

    [Fact]
    public void Numbers_and_names_are_two_key_spaces()
    {
        _context.AddProperty(10000, "7d2c1c3e");
        _context.AddNamedProperty("10000", "by name");
        Assert.Equal("7d2c1c3e", _context.get_Property(10000).StringValue);
        Assert.Equal("by name", _context.get_NamedProperty("10000").StringValue);
        Assert.True(_context.IsPropertySet(10000) && _context.IsNamedPropertySet("10000"));
        _context.RemoveProperty(10000);
        Assert.False(_context.IsPropertySet(10000));
        Assert.True(_context.IsNamedPropertySet("10000"));
    }

    [Fact]
    public void A_property_has_a_number_or_a_name()
    {
        var numbered = _context.AddProperty(1, "a");
        var named = _context.AddNamedProperty("Participant", "b");
        Assert.Equal((1, "Participant"), (numbered.Id, named.Name));
        Failure.Is(UccHResults.UCC_E_NOT_EXIST, () => _ = named.Id);
        Failure.Is(UccHResults.UCC_E_NOT_EXIST, () => _ = numbered.Name);
    }

    [Fact]
    public void The_collection_counts_from_one_in_the_order_of_adding()
    {
        _context.AddNamedProperty("b", 1);
        _context.AddProperty(5, 2);
        _context.AddNamedProperty("a", 3);
        IUccCollection collection = _context;
        Assert.Equal(3, collection.Count);
        Assert.Equal([1, 2, 3], collection.Cast<IUccProperty>().Select(p => p.NumericValue));
        Assert.Equal("b", ((IUccProperty)collection[1]).Name);
        Assert.Equal("a", ((IUccProperty)collection[3]).Name);
        Failure.Is(HResults.BadIndex, () => _ = collection[0]);
        Failure.Is(HResults.BadIndex, () => _ = collection[4]);
    }

    [Fact]
    public void A_property_set_again_gets_the_new_value_and_keeps_its_place()
    {
        var first = _context.AddProperty(1, "old");
        _context.AddProperty(2, "other");
        Assert.Same(first, _context.AddProperty(1, "new"));
        Assert.Equal("new", first.StringValue);
        Assert.Equal(2, _context.Count);
    }

    [Fact]
    public void What_is_not_there_does_not_exist()
    {
        Failure.Is(UccHResults.UCC_E_NOT_EXIST, () => _context.get_Property(7));
        Failure.Is(UccHResults.UCC_E_NOT_EXIST, () => _context.get_NamedProperty("x"));
        Failure.Is(UccHResults.UCC_E_NOT_EXIST, () => _context.RemoveProperty(7));
        Failure.Is(UccHResults.UCC_E_NOT_EXIST, () => _context.RemoveNamedProperty("x"));
        Failure.Is(HResults.InvalidArgument, () => _context.AddNamedProperty("", 1));
    }

    [Fact]
    public void A_property_holds_one_value_and_the_wrong_view_of_it_fails()
    {
        var property = _context.AddProperty(1, "text");
        Assert.Equal("text", property.Value);
        Failure.Is(HResults.TypeMismatch, () => _ = property.NumericValue);
        Failure.Is(HResults.TypeMismatch, () => _ = property.BoolValue);
        Failure.Is(HResults.TypeMismatch, () => _ = property.ObjectValue);

        property.NumericValue = 42;
        Assert.Equal(42, property.Value);
        Failure.Is(HResults.TypeMismatch, () => _ = property.StringValue);

        property.BoolValue = true;
        Assert.Equal(true, property.Value);
        Failure.Is(HResults.TypeMismatch, () => _ = property.NumericValue);

        property.ObjectValue = _context;
        Assert.Same(_context, property.Value);
        Failure.Is(HResults.TypeMismatch, () => _ = property.StringValue);
    }

    [Theory]
    [InlineData((short)7, 7)]
    [InlineData((byte)7, 7)]
    [InlineData(UCC_SESSION_TYPE.UCCST_INSTANT_MESSAGING, (int)UCC_SESSION_TYPE.UCCST_INSTANT_MESSAGING)]
    public void Small_numbers_and_enumerators_are_numbers(object value, int expected) =>
        Assert.Equal(expected, _context.AddProperty(1, value).NumericValue);

    [Fact]
    public void A_value_of_no_known_type_is_refused()
    {
        Failure.Is(HResults.TypeMismatch, () => _context.AddProperty(1, 1.5));
        Failure.Is(HResults.TypeMismatch, () => _context.AddProperty(1, new[] { 1, 2 }));
        Assert.Equal(0, _context.Count);
    }

    [Fact]
    public void A_refusal_does_not_tell_the_value()
    {
        var property = _context.AddProperty(1, "secret");
        Assert.DoesNotContain("secret", Assert.Throws<HResultException>(() => property.NumericValue).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_context_that_grows_for_ever_is_stopped()
    {
        var list = new PropertyList();
        for (var i = 0; i < PropertyList.Capacity; i++)
        {
            list.Append("x", 1);
        }

        Failure.Is(HResults.InvalidArgument, () => list.Set(1, 1));
    }

    [Fact]
    public void A_property_collection_is_one_without_being_a_context()
    {
        IUccPropertyCollection collection = new UccPropertyCollection();
        Assert.Equal("v", collection.AddNamedProperty("n", "v").StringValue);
        Assert.IsNotAssignableFrom<IUccContext>(collection);
    }
}
