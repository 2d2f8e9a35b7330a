using System.Runtime.InteropServices;
using ComIm.Com.Interop;

namespace ComIm.Com.Tests.Interop;

/// <summary>A contract with one member of every kind that the dispatcher knows.</summary>
[ComVisible(true), Guid("5e7ca40f-861c-48bf-96e8-e63bea652a00")]
public interface IShop
{
    [DispId(0)] string Title { get; set; }

    [DispId(1)] string Describe(string name, int count = 3, object? note = null);

    [DispId(2)] IShelf Items { get; }

    [DispId(3)] object? get_Property(int id);

    [DispId(3)] void set_Property(int id, object? value);

    [DispId(4)] void Split(string text, out string head, ref int count);

    [DispId(5)] void Fail(int hresult, string message);

    [DispId(6)] DayOfWeek Following(DayOfWeek day);

    [DispId(7)] IShelf? None { get; }

    [DispId(8)] long Big(long value);

    [DispId(9)] object? Owner { get; set; }

    [DispId(10)] string Label(string text);
}

[ComVisible(true), Guid("93ba05c8-d9d3-4ac1-b0c1-7e646bf3580b")]
public interface IShelf
{
    [DispId(0)] object? get_Item(object index);

    [DispId(0)] void set_Item(object index, object? value);

    [DispId(1)] int Count { get; }
}

[ClassInterface(ClassInterfaceType.None), ComDefaultInterface(typeof(IShop))]
internal sealed class Shop : DispatchObject, IShop
{
    private readonly Dictionary<int, object?> _properties = [];

    public string Title { get; set; } = "corner shop";

    public IShelf Items { get; } = new Shelf();

    public IShelf? None => null;

    public object? Owner { get; set; }

    public string Describe(string name, int count = 3, object? note = null) => $"{name}:{count}:{note ?? "-"}";

    public object? get_Property(int id) => _properties.GetValueOrDefault(id);

    public void set_Property(int id, object? value) => _properties[id] = value;

    public void Split(string text, out string head, ref int count)
    {
        head = text[..1];
        count += text.Length;
    }

    public void Fail(int hresult, string message) => throw new HResultException(hresult, message);

    public DayOfWeek Following(DayOfWeek day) => (DayOfWeek)(((int)day + 1) % 7);

    public long Big(long value) => value;

    public string Label(string text) => "<" + text + ">";
}

[ClassInterface(ClassInterfaceType.None), ComDefaultInterface(typeof(IShelf))]
internal sealed class Shelf : DispatchObject, IShelf
{
    private readonly string[] _things = ["apples", "bread", "cheese"];

    public int Count => _things.Length;

    public object? get_Item(object index) => _things[Convert.ToInt32(index, null)];

    public void set_Item(object index, object? value) => _things[Convert.ToInt32(index, null)] = (string)value!;
}
