<?xml version="1.0" encoding="UTF-8"?>
<!-- Made by styles/families/access.py out of access.json: change those, not this file.
     What became of a way, an area or a road, by colour and by mark, hatch or dash. -->
<StyledLayerDescriptor version="1.1.0"
    xmlns="http://www.opengis.net/sld"
    xmlns:se="http://www.opengis.net/se"
    xmlns:ogc="http://www.opengis.net/ogc">
  <NamedLayer>
    <se:Name>road</se:Name>
    <UserStyle>
      <se:Name>road_thin</se:Name>
      <se:Description><se:Title>Roads | الطرق</se:Title></se:Description>
      <se:FeatureTypeStyle>
        <se:Rule>
          <se:Name>road</se:Name>
          <se:Description><se:Title>Roads | الطرق</se:Title></se:Description>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#8f8f8f</se:SvgParameter>
              <se:SvgParameter name="stroke-width">0.8</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
          <se:TextSymbolizer>
            <se:Label>
              <ogc:PropertyName>name_en</ogc:PropertyName>
              <ogc:PropertyName>name_ar</ogc:PropertyName>
            </se:Label>
            <se:Font>
              <se:SvgParameter name="font-family">Noto Sans</se:SvgParameter>
              <se:SvgParameter name="font-size">6.5</se:SvgParameter>
            </se:Font>
            <se:LabelPlacement><se:LinePlacement/></se:LabelPlacement>
            <se:Halo>
              <se:Radius>1</se:Radius>
              <se:Fill><se:SvgParameter name="fill">#ffffff</se:SvgParameter></se:Fill>
            </se:Halo>
            <se:Fill><se:SvgParameter name="fill">#5c5c5c</se:SvgParameter></se:Fill>
            <se:VendorOption name="priority">15</se:VendorOption>
            <se:VendorOption name="followLine">true</se:VendorOption>
            <se:VendorOption name="repeat">250</se:VendorOption>
          </se:TextSymbolizer>
        </se:Rule>
        <se:VendorOption name="firstRuleOnTop">true</se:VendorOption>
      </se:FeatureTypeStyle>
    </UserStyle>
  </NamedLayer>
</StyledLayerDescriptor>
